// Runs the script of .github/workflows/comment.yml with a GitHub that answers what standard input says; prints what it did.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { script, run, artifacts, zip, pulls, comments } = JSON.parse(readFileSync(0, 'utf8'));
const done = [];
const note = (what) => (said) => { done.push({ what, said }); };
const github = {
  paginate: async (list, options) => list(options),
  rest: {
    actions: {
      listWorkflowRunArtifacts: ({ run_id }) => (run_id === run.id ? artifacts : []),
      downloadArtifact: async () => ({ data: new Uint8Array(Buffer.from(zip, 'base64')).buffer }),
    },
    pulls: { list: (asked) => { note('pulls')(asked); return pulls; } },
    issues: { listComments: () => comments, createComment: note('create'), updateComment: note('update') },
  },
};
const context = { payload: { workflow_run: run }, repo: { owner: 'company', repo: 'handbook' } };
const core = { info: note('info'), setFailed: note('failed') };
const body = Object.getPrototypeOf(async () => {}).constructor;
try {
  await new body('github', 'context', 'core', 'require', script)(github, context, core, createRequire(import.meta.url));
} catch (error) {
  note('threw')(error.code ?? String(error));
}
process.stdout.write(JSON.stringify(done));
