package org.riffloom;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One browser for all tests of a run, since it takes seconds to start; each test has a context of its own. */
final class SharedChromium implements BeforeAllCallback {

    /** Closed by JUnit, when all tests are done. */
    private record Running(Playwright playwright, Browser browser) implements AutoCloseable {

        static Running start() {
            Playwright playwright = SystemChromium.playwright();
            return new Running(playwright, SystemChromium.launch(playwright));
        }

        @Override
        public void close() {
            playwright.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
        ((BrowserTests) context.getRequiredTestInstance()).browser = running.browser();
    }
}
