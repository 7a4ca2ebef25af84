import { join } from 'node:path';
import { read, type Subject } from '../cli/audit/subject.ts';
import { Progress } from '../cli/progress.ts';
import type { Finding } from '../lib/audit/finding.ts';
import { repositoryFindings } from '../lib/audit/repository-findings.ts';
import { type Understanding, understandingOf } from '../lib/audit/understanding.ts';

/** What an audit of one repository came to. */
export interface Audited {
  /** The name of its folder. */
  readonly name: string;
  readonly subject: Subject;
  readonly findings: readonly Finding[];
  readonly objects: number;
  readonly understanding: Understanding;
  /** Files that are broken or too large, each with its reason; what is no Kubernetes is not among them. */
  readonly unread: readonly string[];
  /** Milliseconds of processor time. */
  readonly processor: number;
}

/** A repository that could not be audited, and why. */
export interface Failed {
  readonly name: string;
  readonly reason: string;
}

/** Audits a repository. What it throws is told as its failure, so that the others are still audited. */
export function auditOf(folder: string, name: string): Audited | Failed {
  const before = process.cpuUsage();
  const subject = { folder: join(folder, name), only: undefined };
  try {
    const repository = read(subject, new Progress(process.stderr, true));
    if (typeof repository === 'string') return { name, reason: repository };
    const findings = repositoryFindings(repository, true);
    const { user, system } = process.cpuUsage(before);
    return {
      name,
      subject,
      findings,
      objects: repository.objects,
      understanding: understandingOf(repository, findings),
      unread: repository.skipped
        .filter(({ reason }) => !expected.has(reason))
        .map(({ file, reason }) => `${file}: ${reason}`),
      processor: (user + system) / 1000,
    };
  } catch (error) {
    return { name, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

const expected = new Set(['not Kubernetes', 'a template of a Helm chart']);
