module immich-cdk8s/e2e/tools/source-controller

go 1.26.0

require github.com/fluxcd/source-controller v1.9.1 // indirect
