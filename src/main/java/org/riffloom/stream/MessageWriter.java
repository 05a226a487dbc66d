package org.riffloom.stream;

import org.springframework.web.socket.TextMessage;
import tools.jackson.databind.json.JsonMapper;

/** Writes what the server says. */
final class MessageWriter {

    private final JsonMapper json = new JsonMapper();

    TextMessage write(ServerMessage message) {
        return new TextMessage(json.writeValueAsString(message));
    }
}
