package org.riffloom;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Listens to the page for a while, with a listener who keeps changing their mind: no seam is heard and no silence.
 * {@code -Driffloom.listen=SECONDS} listens longer.
 */
class SeamlessBrowserTests extends BrowserTests {

    private static final int SECONDS = Integer.getInteger("riffloom.listen", 15);

    /** A wish in so many seconds. */
    private static final int PATIENCE = 6;

    private static final List<String> PROMPTS =
            List.of("techno", "church bells", "funk bass", "jazz piano", "rain", "afrobeat");

    /** Counts joins and looks at the sound around them as it is recorded. */
    private static final String LISTEN = """
            {
              const rate = 44100;
              const clip = 512 * 441;
              const window = 128;
              const joins = new Set();
              setInterval(() => {
                for (const place of globalThis.riffloom?.scheduled ?? []) {
                  if (!place.gap) joins.add(Math.round(place.startTime * rate));
                }
              }, 500);
              /** The greatest bend of the wave in each stretch of 3 ms. */
              const bends = samples => {
                const found = [];
                for (let at = 1; at + window < samples.length; at += window) {
                  let most = 0;
                  for (let i = at; i < at + window; i++) {
                    most = Math.max(most, Math.abs(samples[i + 1] - 2 * samples[i] + samples[i - 1]));
                  }
                  found.push(most);
                }
                return found;
              };
              globalThis.seams = () => {
                const result = { joins: 0, missing: 0, above: 0, rank: 0, silence: 0 };
                const begun = [...joins].filter(join => join / rate < riffloom.time - 6);
                for (const join of begun) {
                  // The stretch that the join is in the middle of, and the clips on both sides.
                  const at = recorder.samples(join - window / 2 - 1, window + 2);
                  const around = recorder.samples(join - clip + window, 2 * clip - 2 * window);
                  if (!at || !around) {
                    result.missing++;
                    continue;
                  }
                  const inside = bends(around);
                  const bend = bends(at)[0];
                  result.joins++;
                  if (bend > Math.max(...inside)) result.above++;
                  result.rank += inside.filter(other => other < bend).length / inside.length;
                  let quiet = 0;
                  for (const sample of around) {
                    quiet = Math.abs(sample) < 1e-4 ? quiet + 1 : 0;
                    result.silence = Math.max(result.silence, quiet / rate);
                  }
                }
                result.rank /= result.joins;
                return result;
              };
            }
            """;

    @Test
    void noSeamIsHeardAndNoSilence() {
        Page page = open(calm().setBypassCSP(true), "?prompt=" + PROMPTS.get(0) + "&seed=7", fresh -> {
            SoundRecorder.listenTo(fresh);
            fresh.addInitScript(LISTEN);
        });
        page.locator("#play").click();
        await(page, "recorder.begun");
        for (int i = 1; PATIENCE * i < SECONDS; i++) {
            await(page, "riffloom.position > " + PATIENCE * i);
            type(page, PROMPTS.get(i % PROMPTS.size()));
        }
        await(page, "riffloom.position > " + (SECONDS + 6));
        Map<?, ?> seams = (Map<?, ?>) page.evaluate("seams()");
        System.out.println("Seams in " + SECONDS + " s: " + seams);
        // A busy machine may leave out what is recorded, and what was scheduled but gave way was never a join.
        assertThat(number(seams, "joins")).isGreaterThan(SECONDS / 5.12 / 4);
        assertThat(number(seams, "above")).isZero();
        // Were joins like any other place, half of what is around would bend less.
        assertThat(number(seams, "rank")).isLessThan(0.8);
        assertThat(number(seams, "silence")).isLessThan(0.25);
    }
}
