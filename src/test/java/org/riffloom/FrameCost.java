package org.riffloom;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How long the page's scripts take for a frame of the timeline, in each view, without what the graphics card takes. No test, but run like one:
 * {@code mvn test -Dtest=FrameCost -DfailIfNoSpecifiedTests=false}; the figures are in {@code benchmark/README.md}.
 */
class FrameCost extends BrowserTests {

    private static final int FRAMES = 300;

    /**
     * Callbacks of frames that draw, timed; those of Playwright, which waits in frames, are not among them. Calls to WebGL
     * are timed apart: without a graphics card they wait for the processor that draws.
     */
    private static final String TIME_FRAMES = """
            window.costs = [];
            let drawing = 0;
            for (const [name, { value: call }] of Object.entries(
                Object.getOwnPropertyDescriptors(WebGL2RenderingContext.prototype))) {
              if (typeof call === 'function') {
                WebGL2RenderingContext.prototype[name] = function (...args) {
                  const before = performance.now();
                  const result = call.apply(this, args);
                  drawing += performance.now() - before;
                  return result;
                };
              }
            }
            const request = window.requestAnimationFrame.bind(window);
            window.requestAnimationFrame = callback => request(stamp => {
              if (!String(callback).includes('draw')) {
                return callback(stamp);
              }
              drawing = 0;
              const before = performance.now();
              callback(stamp);
              costs.push(performance.now() - before - drawing);
            });
            """;

    @Test
    void takesFigures() {
        for (String view : List.of("landscape", "flat")) {
            ClipFeed feed = new ClipFeed(4, 5.12, index -> ClipFeed.noise(index % 8, 5.12));
            Page page = open(new Browser.NewContextOptions().setViewportSize(1280, 800), "", fresh -> {
                feed.routeFor(fresh);
                fresh.addInitScript("localStorage.setItem('riffloom.view', '" + view + "');" + TIME_FRAMES);
            });
            type(page, "jazz piano");
            await(page, "riffloom.position > 6");
            page.evaluate("costs.length = 0");
            await(page, "costs.length >= " + FRAMES);
            List<Double> costs = ((List<?>) page.evaluate("costs"))
                    .stream()
                            .map(cost -> ((Number) cost).doubleValue())
                            .sorted()
                            .toList();
            System.out.printf(
                    "%s: %d frames, median %.2f ms, 95 %% within %.2f ms%n",
                    view, costs.size(), costs.get(costs.size() / 2), costs.get(costs.size() * 95 / 100));
            context.close();
        }
    }
}
