package org.riffloom.stream;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.Clip;
import org.riffloom.clip.HeardClips;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.LoadingProgress;
import org.riffloom.clip.SharedMoments;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.work.WorkQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * A client's WebSocket: turns frames into messages and back, from before the model is ready until the client has gone.
 *
 * <p>Its monitor guards the change from waiting for the model, to a session, to gone; messages are dealt with outside.
 */
final class Connection implements Listener {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final MessageReader READER = new MessageReader();
    private static final MessageWriter WRITER = new MessageWriter();

    private final StreamProperties properties;
    private final Outbox outbox;
    private final MessageBudget budget;
    private volatile long heardAt = System.nanoTime();
    private @Nullable RiffSession session;
    private boolean gone;

    Connection(WebSocketSession socket, StreamProperties properties, Executor sender) {
        this.properties = properties;
        this.outbox = new Outbox(socket, sender, properties.buffer().toBytes());
        this.budget = new MessageBudget(properties.messagesPerSecond(), System::nanoTime);
    }

    /** The model can be used. */
    synchronized void ready(LoadedModel model, WorkQueue queue, SharedMoments moments, HeardClips heard) {
        if (!gone) {
            RiffSession opened = new RiffSession(
                    model, properties, queue, moments, (clip, to) -> heard.heard(clip, to, model), this);
            tell(ServerMessage.Hello.of(model, properties.ahead()));
            session = opened;
        }
    }

    /** The model is being fetched; nothing is said of it after hello. */
    synchronized void loading(LoadingProgress progress) {
        if (!gone && session == null) {
            tell(ServerMessage.Loading.of(progress));
        }
    }

    /** The model never will be, for this reason. */
    void unavailable(String why) {
        tell(ServerMessage.Problem.modelUnavailable(why));
        close(CloseStatus.SERVER_ERROR.withReason("The model could not be loaded."));
    }

    /** Deals with a text frame. */
    void receive(String text) {
        if (!admits()) {
            return;
        }
        RiffSession talking = session();
        if (talking == null) {
            tell(ServerMessage.Problem.notReady());
            return;
        }
        try {
            READER.read(text).applyTo(talking);
        } catch (InvalidRequestException e) {
            tell(ServerMessage.Problem.badRequest(e));
        }
    }

    /** Deals with a binary frame, which has no meaning. */
    void receiveBinary() {
        if (admits()) {
            tell(ServerMessage.Problem.badRequest(
                    new InvalidRequestException("", "A binary frame means nothing here; send JSON in a text frame.")));
        }
    }

    private boolean admits() {
        heard();
        if (budget.spend()) {
            return true;
        }
        tell(ServerMessage.Problem.overQuota());
        close(CloseStatus.POLICY_VIOLATION.withReason("Messages come too fast."));
        return false;
    }

    private synchronized @Nullable RiffSession session() {
        return session;
    }

    /** The client gave a sign of life. */
    void heard() {
        heardAt = System.nanoTime();
    }

    /** Whether the last sign of life is older than it may be. */
    boolean isSilent() {
        return System.nanoTime() - heardAt > properties.idleTimeout().toNanos();
    }

    void ping() {
        outbox.send(List.of(new PingMessage()));
    }

    /** Makes nothing more for this client, whether or not it is still there. */
    void end() {
        RiffSession ending;
        synchronized (this) {
            gone = true;
            ending = session;
            session = null;
        }
        if (ending != null) {
            ending.end();
        }
    }

    /** Ends the session and says why, after what is already on its way. */
    void close(CloseStatus status) {
        end();
        outbox.close(status);
    }

    @Override
    public void tell(ServerMessage message) {
        outbox.send(List.of(WRITER.write(message)));
    }

    @Override
    public void deliver(ClipMessage message, Clip clip) {
        outbox.send(List.of(
                WRITER.write(message),
                binary(clip.audio().bytes()),
                binary(clip.image().bytes())));
        log.debug("Clip {} of riff {} is on its way", message.index(), message.riff());
    }

    private static BinaryMessage binary(ByteBuffer bytes) {
        return new BinaryMessage(bytes);
    }
}
