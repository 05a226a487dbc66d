import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Schedule } from '../src/sound/schedule.js';

const CLIP = 225_792;
const schedule = () => new Schedule(44_100, 441);

test('clips meet to the sample, for hours', () => {
  const s = schedule();
  let previous = s.add(0, CLIP, null, 0);
  for (let i = 1; i < 5_000; i++) {
    s.forget(previous.startTime);
    const place = s.add(i, CLIP, null, previous.startTime + 1);
    assert.equal(place.startFrame, previous.startFrame + CLIP);
    assert.ok(Math.abs(place.startTime - previous.startTime - previous.duration) < 0.5 / 44_100);
    assert.equal(place.gap, false);
    previous = place;
  }
});

test('what is over is forgotten', () => {
  const s = schedule();
  for (let i = 0; i < 100; i++) {
    s.add(i, CLIP, null, i * 5);
    s.forget(i * 5);
  }
  assert.ok(s.places.length < 15);
});

test('a late clip starts a new time base, on a whole column and after what was', () => {
  const s = schedule();
  const first = s.add(0, CLIP, null, 0);
  const late = s.add(1, CLIP, null, 20.001);
  assert.equal(late.gap, true);
  assert.ok(late.startTime > 20.001);
  assert.equal(late.startFrame % 441, 0);
  assert.ok(late.startTime >= first.startTime + first.duration);
});

test('a clip that comes in the last moment still meets the one before', () => {
  const s = schedule();
  const first = s.add(0, CLIP, null, 0);
  const next = s.add(1, CLIP, null, first.startTime + first.duration - 0.06);
  assert.equal(next.startFrame, first.startFrame + CLIP);
});

test('says what sounds at a time', () => {
  const s = schedule();
  s.add(0, CLIP, 'first', 0);
  s.add(1, CLIP, 'second', 0);
  assert.equal(s.at(0), undefined);
  assert.equal(s.at(1)?.item, 'first');
  assert.equal(s.at(6)?.item, 'second');
  assert.equal(s.at(60), undefined);
});
