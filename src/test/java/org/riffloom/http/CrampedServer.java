package org.riffloom.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Makes Tomcat's sockets hold little, so that a long answer waits for its client, and counts what has been served,
 * however it went.
 */
public final class CrampedServer implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private final AtomicInteger served = new AtomicInteger();

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> connector.setProperty("socket.txBufSize", "8192"));
        factory.addEngineValves(new Count());
    }

    /** Requests that are over, and have been complained of where there was a reason. */
    public int served() {
        return served.get();
    }

    private final class Count extends ValveBase {

        Count() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            try {
                getNext().invoke(request, response);
            } finally {
                served.incrementAndGet();
            }
        }
    }
}
