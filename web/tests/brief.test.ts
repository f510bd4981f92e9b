import { describe, expect, it } from 'vitest';
import { answered, everyQuestion, type Brief, type BriefAnswer } from '../src/lib/brief';

const answer = (id: string, ...kinds: string[]): BriefAnswer => ({
  id,
  ask: `${id}?`,
  parts: kinds.map((kind) => ({
    kind,
    title: '',
    label: 'normative',
    sentence: `${id} ${kind}`,
    why: [],
    tables: [],
    would_change: [],
    likelihood: null,
    needs: null,
    see: '',
  })),
  rests_on: null,
  confidence: null,
});
const brief = (...answers: BriefAnswer[]) => ({ answers }) as unknown as Brief;
const file = {
  case: {
    questions: [
      { id: 'a', ask: 'a?', kind: 'deal_exists' },
      { id: 'b', ask: 'b?', parts: [{ kind: 'deal_holds' }, { kind: 'order' }] },
      { id: 'c', ask: 'c?', kind: 'order' },
    ],
  },
};
const quick = brief(answer('a', 'deal_exists'), answer('b', 'deal_holds'));

describe('the questions of a brief that is on its way', () => {
  it('stand in the order of the case, those without an answer too', () => {
    const asked = everyQuestion(quick, undefined, file);
    expect(asked.map(({ id, whole, old }) => [id, whole, old])).toEqual([
      ['a', true, false],
      ['b', false, false],
      ['c', false, false],
    ]);
    expect(asked[1]?.answer?.parts).toHaveLength(1);
    expect(asked[2]?.answer).toBeNull();
  });

  it('keep the answers of the brief before where the new one lacks something', () => {
    const before = brief(answer('a', 'deal_exists'), answer('b', 'deal_holds', 'order'), answer('c', 'order'));
    const asked = everyQuestion(quick, before, file);
    expect(asked.map(({ whole, old }) => [whole, old])).toEqual([
      [true, false],
      [false, true],
      [false, true],
    ]);
    expect(asked[0]?.answer).toBe(quick.answers[0]);
    expect(asked[2]?.answer).toBe(before.answers[2]);
  });

  it('are those of the brief where the case asks nothing itself', () => {
    expect(everyQuestion(quick, undefined, { case: {} })).toEqual(answered(quick));
  });
});
