package org.riffloom.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

class ContentSecurityPolicyTests {

    /** {@code printf '{"imports":{}}' | openssl dgst -sha256 -binary | base64}. */
    private static final String HASH = "'sha256-URrTy+Il/Nz0lHojVUx275hWqAWhkSF0VsHbUM4/6Hw='";

    @Test
    void admitsTheImportMapsOfThePages() throws IOException {
        assertThat(scripts("<head><script type=\"importmap\">{\"imports\":{}}</script></head>"))
                .isEqualTo("script-src 'self' " + HASH);
    }

    @Test
    void hashesWhatTheHtmlParserWillSee() throws IOException {
        assertThat(scripts("<script type=importmap>\n{}\n</script>"))
                .isEqualTo(scripts("<script type=importmap>\r\n{}\r\n</script>"));
    }

    @Test
    void admitsNoOtherInlineScript() throws IOException {
        assertThat(scripts("<script>alert(1)</script><script type=\"module\" src=\"main.js\"></script>"))
                .isEqualTo("script-src 'self'");
    }

    private static String scripts(String html) throws IOException {
        Resource page = new ByteArrayResource(html.getBytes(StandardCharsets.UTF_8));
        return ContentSecurityPolicy.forPages(page).split("; ")[1];
    }
}
