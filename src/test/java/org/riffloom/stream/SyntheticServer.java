package org.riffloom.stream;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.riffloom.clip.SharedMoments;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The server on a real port, with everything that stands between a socket and the model, and a synthetic model. */
final class SyntheticServer implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    final SyntheticModel model;

    private SyntheticServer(ConfigurableApplicationContext context) {
        this.context = context;
        this.model = context.getBean(SyntheticModel.class);
    }

    /** With settings such as {@code riffloom.stream.ahead=3}, and one worker unless they say; the model still loads. */
    static SyntheticServer loading(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--riffloom.work.workers=1"));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        return new SyntheticServer(new SpringApplicationBuilder(Beans.class).run(arguments.toArray(String[]::new)));
    }

    /** The same, with the model loaded. */
    static SyntheticServer ready(String... settings) {
        SyntheticServer server = loading(settings);
        server.model.load();
        return server;
    }

    int port() {
        WebServerApplicationContext web = (WebServerApplicationContext) context;
        return Objects.requireNonNull(web.getWebServer()).getPort();
    }

    URI riff() {
        return URI.create("ws://localhost:" + port() + "/ws/riff");
    }

    TestClient connect() {
        return TestClient.connect(riff());
    }

    /** How many sessions the server believes to have. */
    int connections() {
        return context.getBean(Connections.class).count();
    }

    @Override
    public void close() {
        context.close();
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ComponentScan({"org.riffloom.work", "org.riffloom.stream", "org.riffloom.guard"})
    static class Beans {
        @Bean
        SyntheticModel syntheticModel() {
            return new SyntheticModel();
        }

        @Bean
        SharedMoments sharedMoments(SyntheticModel model) {
            return link -> Optional.ofNullable(model.moments.get(link));
        }
    }
}
