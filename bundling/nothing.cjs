// Stands in browsers for the modules of Node that cdk8s loads and, for what we use of it, never calls.
