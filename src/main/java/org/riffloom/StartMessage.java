package org.riffloom;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells whoever started the server where to listen. */
@Component
final class StartMessage {

    private static final Logger log = LoggerFactory.getLogger(StartMessage.class);

    @EventListener
    void tell(WebServerInitializedEvent event) {
        log.info("Riffloom plays at http://localhost:{}", event.getWebServer().getPort());
    }
}
