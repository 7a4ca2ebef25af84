import { testMutations } from '../../mutations.ts';

testMutations([
  {
    what: 'a certificate for another host',
    base: 'home',
    rules: ['certificate-without-host'],
    mutate: (m) => (m.at('route/certificate.immich.yaml').spec.dnsNames = ['photo.example.com']),
  },
  {
    what: 'a login before the API',
    base: 'monitored',
    rules: ['authentication-breaks-apps'],
    mutate: (m) => {
      m.copy('route/middleware.immich-headers.yaml', 'route/middleware.authelia.yaml');
      const middleware = m.at('route/middleware.authelia.yaml');
      middleware.metadata.name = 'authelia';
      middleware.spec = { forwardAuth: { address: 'https://login.example.com' } };
      const { spec } = m.at('route/ingressroute.immich.yaml');
      spec.routes = spec.routes.slice(1);
    },
  },
  {
    what: 'a middleware that reads uploads into memory',
    base: 'home',
    rules: ['middleware-breaks-uploads'],
    mutate: (m) =>
      (m.at('route/middleware.immich-headers.yaml').spec = { buffering: { maxRequestBodyBytes: 1000000 } }),
  },
]);
