package org.riffloom.inference;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * The one who asks: what it sends, and whether it is still there, without a word to it. Servlets have no such question; but
 * Tomcat, asked for more of a body that has been read to its end, looks at the socket without waiting for it, and finds
 * nothing, the client's next request, or the end of the connection.
 *
 * <p>Belongs to the thread that serves the request.
 */
final class Client {

    private static final String LINE = Client.class.getName();

    private final HttpServletRequest request;
    private final @Nullable Line line;
    /** Whether nothing came along with its body. */
    private boolean silent;

    Client(HttpServletRequest request) {
        this.request = request;
        this.line = request.getAttribute(LINE) instanceof Line found ? found : null;
    }

    /** What lets clients be asked whether they are there. */
    static Valve valve() {
        return new Lines();
    }

    /** Reads the body, but no more than so many bytes. */
    byte[] body(int max) throws IOException {
        byte[] bytes = new byte[max];
        int length = 0;
        int last = 0;
        try (InputStream in = request.getInputStream()) {
            int count = 0;
            while (count >= 0 && length < max) {
                length += count;
                last = count;
                count = in.read(bytes, length, max - length);
            }
        }
        silent = line != null && line.held() == last;
        return Arrays.copyOf(bytes, length);
    }

    /**
     * Whether it has closed the connection, at least for sending; to be asked after its body has been read. False also
     * where that cannot be told: behind another request, behind a body in chunks, and in HTTP/2.
     */
    boolean hungUp() {
        return silent && line != null && line.ended();
    }

    /**
     * What comes from a client in HTTP/1.
     *
     * @param begin where in the buffer the body begins, and each further part of it
     */
    private record Line(org.apache.coyote.Request connection, ApplicationBufferHandler buffer, int begin) {

        /**
         * Bytes of the last part of the body, and of what came along with it: if those are more, it is the next request, that
         * Tomcat would forget if it looked.
         */
        int held() {
            return buffer.getByteBuffer().limit() - begin;
        }

        /** Tomcat counts the end as one byte to be read, so that somebody reads and runs into it, but has no such byte. */
        boolean ended() {
            return available(true) > 0 && available(false) == 0;
        }

        private int available(boolean look) {
            connection.action(ActionCode.AVAILABLE, look);
            return connection.getAvailable();
        }
    }

    private static final class Lines extends ValveBase {

        Lines() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            org.apache.coyote.Request connection = request.getCoyoteRequest();
            if (connection.getInputBuffer() instanceof ApplicationBufferHandler buffer) {
                request.setAttribute(
                        LINE,
                        new Line(connection, buffer, buffer.getByteBuffer().position()));
            }
            getNext().invoke(request, response);
        }
    }
}
