import { repositoryFindings } from '../lib/audit/repository-findings.ts';
import { missedText, understandingOf } from '../lib/audit/understanding.ts';
import { filesOf } from '../lib/files/texts.ts';
import { readRepository } from '../lib/repository/repository.ts';
import { findingText, synthesize } from '../lib/synthesis/synthesis.ts';
import { keyHints } from './hints.ts';
import type { Answer, AuditAnswer, SynthAnswer, Task } from './work.ts';

/** Does what takes time beside the page, so that typing never waits. */
addEventListener('message', ({ data }: MessageEvent<Task>) => {
  postMessage(answerTo(data));
});

function answerTo(task: Task): Answer {
  try {
    switch (task.kind) {
      case 'audit':
        return auditOf(task);
      case 'synth':
        return synthOf(task);
      case 'hints':
        return { kind: 'hints', keys: keyHints() };
    }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

function auditOf({ name, texts }: Task & { readonly kind: 'audit' }): AuditAnswer {
  const repository = readRepository(filesOf(name, texts));
  const findings = repositoryFindings(repository, true);
  const understanding = understandingOf(repository, findings);
  const notes = {
    understood: undefined,
    absent: 'No Immich is in there, as far as can be seen.',
    missed: understanding.state === 'missed' ? missedText(understanding.sightings) : undefined,
  };
  return {
    kind: 'audit',
    files: repository.files,
    objects: repository.objects,
    // Functions cannot be sent.
    findings: findings.map(({ redact: _, ...finding }) => finding),
    note: notes[understanding.state],
  };
}

function synthOf({ text }: Task & { readonly kind: 'synth' }): SynthAnswer {
  const { problems, findings, files } = synthesize(new Map([['installations/home.yaml', text]]));
  return {
    kind: 'synth',
    problems: [
      ...problems.map(({ severity, line, column, message, key }) => ({
        severity,
        line,
        column,
        message: key === '' ? message : `${key}: ${message}`,
      })),
      ...findings.flatMap((finding) =>
        finding.severity === 'error'
          ? [{ severity: finding.severity, line: 1, column: 1, message: findingText(finding) }]
          : [],
      ),
    ],
    files: new Map(files),
  };
}
