package org.riffloom.checkpoint.hub;

import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a hub has: {@code GET /api/models/{id}/revision/{revision}?blobs=true}. */
final class HubCatalog {

    private static final JsonMapper JSON = new JsonMapper();

    /** The listing of a repository with ten thousand files has about 3 MB. */
    private static final int MAX_BYTES = 16 << 20;

    private final HubClient client;
    private final Patience patience;

    HubCatalog(HubClient client, Patience patience) {
        this.client = client;
        this.patience = patience;
    }

    /**
     * Resolves a revision to a commit, and lists its files.
     *
     * @throws HubException if the hub does not say
     */
    HubRevision look(HubId model) {
        String[] name = model.name().split("/", -1);
        URI plain = client.address("api", "models", name[0], name[1], "revision", model.revision());
        URI address = URI.create(plain + "?blobs=true");
        byte[] answer = new Attempts(model, patience).until(() -> {
            try (InputStream body =
                    new WatchedStream(client.get(model, address, Map.of()).body(), patience.silence())) {
                return body.readNBytes(MAX_BYTES);
            }
        });
        return parse(model, answer);
    }

    private static HubRevision parse(HubId model, byte[] answer) {
        JsonNode root;
        try {
            root = JSON.readTree(answer);
        } catch (JacksonException e) {
            throw new HubException.Corrupt(model.toString(), "the hub's answer is not JSON: " + e.getOriginalMessage());
        }
        String commit = root.path("sha").asString("");
        if (!HubId.isCommit(commit)) {
            throw new HubException.Corrupt(model.toString(), "the hub's answer names no commit.");
        }
        Map<String, HubFile> files = new LinkedHashMap<>();
        for (JsonNode node : root.path("siblings")) {
            String path = node.path("rfilename").asString("");
            JsonNode large = node.path("lfs");
            String hash = large.path("sha256").asString(node.path("blobId").asString(""));
            long size = large.path("size").asLong(node.path("size").asLong(-1));
            // What has neither cannot be verified, and so is not there.
            if (size >= 0 && Checksum.isOne(hash)) {
                files.put(path, new HubFile(path, size, new Checksum(hash)));
            }
        }
        return new HubRevision(commit, files);
    }
}
