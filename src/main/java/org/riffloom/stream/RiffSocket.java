package org.riffloom.stream;

import jakarta.websocket.Session;
import java.io.IOException;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/** The endpoint {@code /ws/riff}: passes what happens to a WebSocket on to its connection. */
final class RiffSocket extends AbstractWebSocketHandler {

    /** Tomcat's name for how long a blocked write may last; by default it is 20 seconds. */
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private final Connections connections;
    private final StreamProperties properties;
    private final MessageWriter writer = new MessageWriter();

    RiffSocket(Connections connections, StreamProperties properties) {
        this.connections = connections;
        this.properties = properties;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession socket) throws IOException {
        if (socket instanceof NativeWebSocketSession wrapper) {
            Session session = wrapper.getNativeSession(Session.class);
            if (session != null) {
                session.getUserProperties()
                        .put(SEND_TIMEOUT, properties.sendTimeout().toMillis());
            }
        }
        if (connections.admit(socket).isEmpty()) {
            refuse(socket);
        }
    }

    private void refuse(WebSocketSession socket) throws IOException {
        if (connections.isStopping()) {
            socket.close(CloseStatus.GOING_AWAY);
            return;
        }
        socket.sendMessage(writer.write(ServerMessage.Problem.sessionsFull(properties.maxSessions())));
        socket.close(CloseStatus.SERVICE_OVERLOAD);
    }

    @Override
    protected void handleTextMessage(WebSocketSession socket, TextMessage message) {
        connections.find(socket).ifPresent(connection -> connection.receive(message.getPayload()));
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession socket, BinaryMessage message) {
        connections.find(socket).ifPresent(Connection::receiveBinary);
    }

    @Override
    protected void handlePongMessage(WebSocketSession socket, PongMessage message) {
        connections.find(socket).ifPresent(Connection::heard);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
        connections.remove(socket);
    }
}
