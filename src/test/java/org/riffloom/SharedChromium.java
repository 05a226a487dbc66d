package org.riffloom;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Browsers for all tests of a run, since they take seconds to start; each test has a context of its own. */
final class SharedChromium implements BeforeAllCallback {

    /** Closed by JUnit, when all tests are done. */
    private record Running(Playwright playwright, Browser drawing, Browser flat) implements AutoCloseable {

        static Running start() {
            Playwright playwright = SystemChromium.playwright();
            return new Running(playwright, SystemChromium.launch(playwright), SystemChromium.launchFlat(playwright));
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
        BrowserTests tests = (BrowserTests) context.getRequiredTestInstance();
        tests.browser = running.drawing();
        tests.flatBrowser = running.flat();
    }
}
