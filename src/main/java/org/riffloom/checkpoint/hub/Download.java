package org.riffloom.checkpoint.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way into the cache. What comes is kept in a partial file, from whose end the next attempt goes on,
 * in this process or a later one; it becomes a blob when it has the size and the hash that the hub announced.
 */
final class Download {

    private static final int CHUNK = 1 << 18;

    /** An attempt that gained so much was no failure, however it ended. */
    private static final long PROGRESS_BYTES = 1 << 20;

    private final HubClient client;
    private final Patience patience;
    private final HubCache cache;
    private final HubId model;
    private final HubFile file;
    private final URI address;
    private final TransferMeter meter;
    private final BooleanSupplier stopped;

    /** The hub's own mark of what it sent before, so that it sends the rest of that and of nothing else. */
    private @Nullable String mark;

    Download(
            HubClient client,
            Patience patience,
            HubCache cache,
            HubId model,
            HubFile file,
            URI address,
            TransferMeter meter,
            BooleanSupplier stopped) {
        this.client = client;
        this.patience = patience;
        this.cache = cache;
        this.model = model;
        this.file = file;
        this.address = address;
        this.meter = meter;
        this.stopped = stopped;
    }

    /**
     * Waits until the file is there.
     *
     * @throws HubException if it cannot be had
     */
    void run() {
        Attempts attempts = new Attempts(model, patience);
        Path partial = cache.partial(file.checksum());
        attempts.until(() -> {
            long before = size(partial);
            try {
                fetch(partial);
            } finally {
                if (size(partial) - before >= PROGRESS_BYTES) {
                    attempts.succeeded();
                }
            }
            cache.complete(file.checksum());
            return file;
        });
    }

    private static long size(Path partial) throws IOException {
        return Files.exists(partial) ? Files.size(partial) : 0;
    }

    /** @param begin where this attempt went on, 0 if all of the file came with it */
    private record Received(long begin, MessageDigest digest) {}

    private void fetch(Path partial) throws IOException {
        try (FileChannel out = openPartial(partial)) {
            if (out.size() > file.size()) {
                discard(out);
            }
            MessageDigest digest = file.checksum().begin(file.size());
            Checksum.update(digest, partial);
            boolean whole = out.size() == file.size() && file.size() > 0;
            Received received = whole ? new Received(out.size(), digest) : transfer(out, digest);
            if (!file.checksum().matches(received.digest)) {
                discard(out);
                refuse(received);
            }
            out.force(true);
        } catch (HubException.Corrupt e) {
            Files.deleteIfExists(partial);
            throw e;
        }
    }

    private void refuse(Received received) throws TransientFailure {
        if (received.begin > 0) {
            throw new TransientFailure(file.path() + " was not what had been begun; it is fetched anew", null);
        }
        throw new HubException.Corrupt(
                model.toString(),
                file.path() + " does not have the hash that the hub announced, "
                        + file.checksum().hex() + ". It was thrown away.");
    }

    private FileChannel openPartial(Path partial) {
        try {
            return FileChannel.open(
                    partial, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new HubException.NoRoom(model.toString(), e);
        }
    }

    private void discard(FileChannel out) throws IOException {
        meter.found(-out.size());
        out.truncate(0);
        mark = null;
    }

    /** Gets what is missing. The digest has seen what is there. */
    private Received transfer(FileChannel out, MessageDigest digest) throws IOException {
        if (stopped.getAsBoolean()) {
            throw new HubException.Interrupted(model.toString(), "the download was stopped.");
        }
        long begin = out.size();
        HttpResponse<InputStream> answer = client.get(model, address, range(begin));
        try (InputStream body = new WatchedStream(answer.body(), patience.silence())) {
            if (answer.statusCode() == 416) {
                discard(out);
                throw new TransientFailure("the hub no longer has the rest of " + file.path(), null);
            }
            // Not every server knows ranges, and one whose file has changed sends all of it.
            boolean all = answer.statusCode() == 200;
            if (!all && !given(answer, "Content-Range").startsWith("bytes " + begin + "-")) {
                throw new TransientFailure("the hub sent another part of " + file.path() + " than was asked for", null);
            }
            Received received = new Received(begin, digest);
            if (all && begin > 0) {
                discard(out);
                received = new Received(0, file.checksum().begin(file.size()));
            }
            String tag = given(answer, "ETag");
            // A weak mark (W/"…") does not promise the same bytes.
            mark = tag.startsWith("\"") ? tag : null;
            receive(out, body, received.digest);
            return received;
        }
    }

    private Map<String, String> range(long begin) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (begin > 0) {
            headers.put("Range", "bytes=" + begin + "-");
            if (mark != null) {
                headers.put("If-Range", mark);
            }
        }
        return headers;
    }

    private static String given(HttpResponse<?> answer, String header) {
        return answer.headers().firstValue(header).orElse("");
    }

    private void receive(FileChannel out, InputStream body, MessageDigest digest) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long at = out.size();
        for (int count = read(body, chunk, at); count >= 0; count = read(body, chunk, at)) {
            if (stopped.getAsBoolean()) {
                throw new HubException.Interrupted(model.toString(), "the download was stopped.");
            }
            if (count > file.size() - at) {
                meter.found(-at);
                throw new HubException.Corrupt(
                        model.toString(),
                        file.path() + " is longer than the " + file.size() + " bytes that the hub announced.");
            }
            write(out, ByteBuffer.wrap(chunk, 0, count), at);
            digest.update(chunk, 0, count);
            meter.received(count);
            at += count;
        }
        if (at < file.size()) {
            throw new TransientFailure(
                    "the connection ended after " + at + " of " + file.size() + " bytes of " + file.path(), null);
        }
    }

    private int read(InputStream body, byte[] chunk, long at) throws IOException {
        try {
            return body.read(chunk);
        } catch (TransientFailure e) {
            throw e;
        } catch (IOException e) {
            // The JDK's client says no more than "closed".
            throw new TransientFailure(
                    "the connection broke after " + at + " of " + file.size() + " bytes of " + file.path(), null);
        }
    }

    private void write(FileChannel out, ByteBuffer bytes, long at) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes, at + bytes.position());
            }
        } catch (ClosedByInterruptException e) {
            throw new HubException.Interrupted(model.toString(), "the download was stopped.");
        } catch (IOException e) {
            throw new HubException.NoRoom(model.toString(), e);
        }
    }
}
