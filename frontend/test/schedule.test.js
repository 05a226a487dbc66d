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

test('between two clips the tape stands at what comes next, and within one it runs', () => {
  const s = schedule();
  s.add(0, CLIP, null, 0, 10 * 44_100);
  const [first] = s.places;
  assert.equal(s.tapeTime(0), 10);
  assert.ok(Math.abs(s.tapeTime(first.startTime + 2) - 12) < 1e-9);
  const late = s.add(1, CLIP, null, 60);
  assert.ok(Math.abs(s.tapeTime(59) - 15.12) < 1e-9);
  assert.ok(Math.abs(s.tapeTime(late.startTime + 1) - 16.12) < 1e-9);
  s.forget(1_000);
  assert.ok(Math.abs(s.tapeTime(1_000) - 20.24) < 1e-9, 'what is over leaves its end behind');
});

test('what is taken back leaves no trace but where it goes on', () => {
  const s = schedule();
  s.add(0, CLIP, null, 0);
  s.add(1, CLIP, null, 0);
  s.clear(44_100);
  assert.equal(s.places.length, 0);
  assert.equal(s.tapeTime(3), 1);
  const place = s.add(0, CLIP - 44_100, null, 3);
  assert.equal(place.tapeFrame, 44_100);
  assert.ok(place.startTime > 3 && place.startTime < 3.2);
});
