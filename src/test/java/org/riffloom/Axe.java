package org.riffloom;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** axe-core, which looks for what keeps people out of a page: all that it knows of WCAG 2.1, levels A and AA. */
final class Axe {

    private static final String SCRIPT = read();

    private static final String RUN =
            "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations']})"
                    + ".then(({violations, passes}) => ({passes: passes.length, violations: violations.flatMap("
                    + "({id, impact, nodes}) => nodes.map(({target, failureSummary}) =>"
                    + " `${impact} ${id} at ${target.join(' ')}: ${failureSummary}`))}))";

    private Axe() {}

    /**
     * Looks at a page as it is now. The script comes by way of the debugger, which the page's content security policy does
     * not bind.
     *
     * @return what is wrong, in words; nothing may be
     */
    static List<String> complaints(Page page) {
        if (Boolean.FALSE.equals(page.evaluate("'axe' in window"))) {
            page.evaluate(SCRIPT + "\n;0");
        }
        Map<?, ?> result = (Map<?, ?>) page.evaluate(RUN);
        if (((Number) result.get("passes")).intValue() == 0) {
            throw new AssertionError("axe-core has looked at nothing");
        }
        return ((List<?>) result.get("violations"))
                .stream().map(String::valueOf).toList();
    }

    private static String read() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            if (script == null) {
                throw new IllegalStateException("axe-core is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
