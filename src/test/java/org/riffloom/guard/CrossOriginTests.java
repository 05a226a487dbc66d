package org.riffloom.guard;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CrossOriginTests {

    private static final String APP = "https://app.example";

    private static MockHttpServletResponse answer(
            MockHttpServletRequest request, MockFilterChain chain, String... allowed)
            throws ServletException, IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new CrossOriginFilter(new OriginPolicy(List.of(allowed))).doFilter(request, response, chain);
        return response;
    }

    private static MockHttpServletRequest request(String method, String origin) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/run_inference/");
        request.addHeader("Origin", origin);
        return request;
    }

    /** With the header that Riffusion's web app once sent, though it belongs in the answer. */
    private static MockHttpServletRequest preflight(String origin) {
        MockHttpServletRequest request = request("OPTIONS", origin);
        request.addHeader("Access-Control-Request-Method", "POST");
        request.addHeader("Access-Control-Request-Headers", "access-control-allow-origin,content-type");
        return request;
    }

    @Test
    void namedOriginsMayReadAnswers() throws Exception {
        MockFilterChain chain = new MockFilterChain();
        MockHttpServletResponse response = answer(request("POST", APP), chain, "https://other.example", APP);
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo(APP);
        assertThat(response.getHeader("Access-Control-Allow-Credentials")).isNull();
        assertThat(response.getHeader("Vary")).isEqualTo("Origin");
        assertThat(chain.getRequest()).isNotNull();
    }

    @Test
    void preflightsOfNamedOriginsAreAnswered() throws Exception {
        MockFilterChain chain = new MockFilterChain();
        MockHttpServletResponse response = answer(preflight(APP), chain, "*");
        assertThat(response.getStatus()).isEqualTo(204);
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo(APP);
        assertThat(response.getHeader("Access-Control-Allow-Methods")).contains("POST");
        assertThat(response.getHeader("Access-Control-Allow-Headers"))
                .isEqualTo("access-control-allow-origin,content-type");
        assertThat(chain.getRequest()).isNull();
    }

    @Test
    void otherOriginsAreToldNothing() throws Exception {
        for (MockHttpServletRequest request : List.of(request("GET", "https://evil.example"), preflight("null"))) {
            MockHttpServletResponse response = answer(request, new MockFilterChain(), APP);
            assertThat(response.getHeader("Access-Control-Allow-Origin")).isNull();
            // So that no cache gives this answer to a page that may read it, or the other way round.
            assertThat(response.getHeader("Vary")).isEqualTo("Origin");
        }
    }

    @Test
    void nothingIsAddedWhereNoOriginIsNamed() throws Exception {
        MockHttpServletResponse response = answer(preflight(APP), new MockFilterChain());
        assertThat(response.getHeaderNames()).isEmpty();
    }
}
