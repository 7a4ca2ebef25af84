import { mapping, optional } from '../../schema/mapping.ts';
import { anyText, choice, flag, wholeNumber } from '../../schema/scalar.ts';
import { anyAddress, freeText, optionalAddress, orNull } from './scalars.ts';
import { secretSetting } from './secret-setting.ts';

/** Login through an OpenID Connect provider. */
export const oauth = mapping({
  enabled: optional(flag, 'Whether users may log in through the provider; default false.'),
  issuerUrl: optional(optionalAddress, 'The address of the provider.'),
  clientId: optional(freeText, 'The client ID of Immich at the provider.'),
  clientSecret: optional(
    secretSetting,
    'The secret of Immich at the provider: { secret, key }, put into the file when a pod starts.',
  ),
  tokenEndpointAuthMethod: optional(
    choice('client_secret_post', 'client_secret_basic'),
    'How Immich authenticates to the provider; default client_secret_post.',
  ),
  accountManagementUrl: optional(optionalAddress, 'Where users manage their account at the provider.'),
  allowInsecureRequests: optional(flag, 'Whether the provider may be reached without TLS; default false.'),
  autoLaunch: optional(flag, 'Whether to go to the provider without showing the login page; default false.'),
  autoRegister: optional(flag, 'Whether unknown users get an account; default true.'),
  buttonText: optional(freeText, 'The text of the button; default Login with OAuth.'),
  defaultStorageQuota: optional(
    // Immich takes a part of a GiB too, and then counts in bytes that are no whole number.
    orNull(wholeNumber(0, 1_000_000_000)),
    'The GiB a new user may store, null for no limit; default null.',
  ),
  endSessionEndpoint: optional(
    optionalAddress,
    'Where users log out; default the address that the provider gives.',
  ),
  mobileOverrideEnabled: optional(flag, 'Whether apps return through mobileRedirectUri; default false.'),
  mobileRedirectUri: optional(
    anyAddress,
    'The address through which apps return, for providers that refuse app.immich:///oauth-callback.',
  ),
  profileSigningAlgorithm: optional(anyText, 'How the provider signs profiles; default none.'),
  prompt: optional(
    freeText,
    'What the provider asks, such as login or select_account; default left to the provider.',
  ),
  roleClaim: optional(freeText, 'The claim that makes administrators; default immich_role.'),
  scope: optional(anyText, 'What Immich asks the provider for; default openid email profile.'),
  signingAlgorithm: optional(anyText, 'How the provider signs tokens; default RS256.'),
  storageLabelClaim: optional(
    freeText,
    'The claim that names the folder of a user; default preferred_username.',
  ),
  storageQuotaClaim: optional(freeText, 'The claim that says the GiB of a user; default immich_quota.'),
  timeout: optional(wholeNumber(1, 3_600_000), 'The milliseconds to wait for the provider; default 30000.'),
});
