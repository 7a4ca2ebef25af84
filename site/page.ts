import { showAudit } from './audit-panel.ts';
import { showTabs } from './tabs.ts';
import { showWriter } from './writer-panel.ts';

/** The page: one panel audits a folder, the other writes an installation. */
showTabs();
showAudit();
showWriter();
