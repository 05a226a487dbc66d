package org.riffloom.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what it likes, reads no more than it likes, and goes when it likes. */
public final class RudeClient implements AutoCloseable {

    private static final int SMALL_BUFFER = 4_096;
    private static final int TIMEOUT_MILLIS = 30_000;

    /** How to go. */
    public enum Farewell {
        /** As a program that ends: nothing more is sent, and what still comes is answered with a reset. */
        CLOSE,
        /** At once, with a reset. */
        RESET,
        /** Only as the one who sends. */
        HALF
    }

    private final Socket socket = new Socket();

    public RudeClient(int port) throws IOException {
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads up to and with the first place that ends so, or to the end. */
    public String readUntil(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end, Math.max(0, text.length() - end.length())) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    public void go(Farewell farewell) throws IOException {
        switch (farewell) {
            case CLOSE -> socket.close();
            case RESET -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case HALF -> socket.shutdownOutput();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
