package org.riffloom.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.archive.ArchivedClip.Origin;
import org.riffloom.archive.ClipArchive.Shared;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.http.RudeClient;
import org.riffloom.prompt.RiffDirection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Ids, paths and ranges as nobody should ask for them, byte by byte as they are sent: a client library would mend them. */
@SpringBootTest(
        classes = LinkTests.Beans.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "riffloom.links.files-per-client=100000")
class LinkFuzzTests {

    private static final int ROUNDS = 300;
    private static final String SECRET = "nobody may read this";
    private static final List<String> PIECES = List.of(
            "..",
            "%2e%2e",
            "%2E.",
            "/",
            "%2f",
            "%2F",
            "%5c",
            "%252f",
            "%00",
            "%c0%ae",
            "%ff",
            "%",
            "%zz",
            "~",
            "-",
            "*",
            "etc/passwd",
            "secret.txt",
            "clips.mv.db",
            "files",
            "archive",
            "sound.wav",
            "sound.flac",
            "card.jpg",
            "%3Cscript%3E",
            "%27--",
            "%0d%0aSet-Cookie:a",
            "CON",
            "AAAAAAAAAAAAAAAAAAAAAA",
            "q83vEjRWeJCrze8SNFZ4kA");

    @TempDir
    static Path parent = Path.of("");

    @Autowired
    ClipArchive archive;

    @LocalServerPort
    int port;

    private final Random random = new Random(17);
    private Map<String, Integer> before = Map.of();
    private String link = "";

    @DynamicPropertySource
    static void folder(DynamicPropertyRegistry registry) {
        registry.add("riffloom.archive.folder", () -> parent.resolve("archive").toString());
    }

    @BeforeEach
    void share() throws IOException {
        Clip clip = ClipArchiveContract.clip(1);
        archive.keep(clip, new Origin(clip.recipe(), RiffDirection.USUAL, "riffloom-mini", "", ""), Instant.now());
        link = archive.share(List.of(clip.id()), Instant.now()) instanceof Shared.Done done
                ? done.link().value()
                : "";
        Files.writeString(parent.resolve("secret.txt"), SECRET);
        before = files();
    }

    /** Neither in the archive's folder nor beside it is anything else than there was. */
    @AfterEach
    void nothingWasTouched() throws IOException {
        assertThat(files()).isEqualTo(before);
    }

    private static Map<String, Integer> files() throws IOException {
        Map<String, Integer> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(parent).filter(Files::isRegularFile)) {
            for (Path file : all.toList()) {
                // The database writes into its own file whenever it likes.
                String name = parent.relativize(file).toString();
                contents.put(name, name.endsWith(".db") ? 0 : Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private String answer(String method, String target, String headers) throws IOException {
        try (RudeClient client = new RudeClient(port)) {
            client.send(
                    method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
            return client.readUntil("\0 an end that never comes");
        }
    }

    private static int status(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 ");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private String pieces() {
        StringBuilder path = new StringBuilder();
        for (int count = 1 + random.nextInt(6); count > 0; count--) {
            path.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return path.toString();
    }

    @Test
    void findsNothingOnStrangePaths() throws IOException {
        List<String> beginnings = List.of("/c/", "/c/" + link + "/", "/c/" + link, "/links/", "/oembed?url=", "/c/..");
        for (int round = 0; round < ROUNDS; round++) {
            String target = beginnings.get(random.nextInt(beginnings.size())) + pieces();
            String method = random.nextInt(5) == 0 ? "DELETE" : "GET";
            String answer = answer(method, target, "");
            int status = status(answer);
            assertThat(answer).as(target).doesNotContain(SECRET).doesNotContain("root:");
            if (status == 200) {
                // Dots may lead back to what everybody may see.
                assertThat(target).contains("/").containsAnyOf("..", "%2e%2e", "%2E.", "sound.", "card.jpg");
            } else {
                assertThat(status).as("%s %s", method, target).isBetween(300, 499);
            }
        }
    }

    @Test
    void findsNoLinksByChance() throws IOException {
        for (int round = 0; round < ROUNDS / 4; round++) {
            String id = ClipId.random().value();
            String rest = List.of("", "/sound.wav", "/sound.mp3", "/card.jpg").get(random.nextInt(4));
            assertThat(status(answer("GET", "/c/" + id + rest, ""))).isEqualTo(404);
            assertThat(status(answer("DELETE", "/links/" + id, "Authorization: Bearer " + id + "\r\n")))
                    .isEqualTo(404);
        }
    }

    @Test
    void givesPartsOfASoundAndNoMore() throws IOException {
        int whole = answer("GET", "/c/" + link + "/sound.wav", "").length();
        List<String> pieces =
                List.of("0", "-", ",", "1", "99", "5000", "9223372036854775807", "99999999999999999999", " ", "=", "x");
        for (int round = 0; round < ROUNDS / 2; round++) {
            StringBuilder range = new StringBuilder(random.nextInt(8) == 0 ? "" : "bytes=");
            for (int count = random.nextInt(12); count > 0; count--) {
                range.append(pieces.get(random.nextInt(pieces.size())));
            }
            String answer = answer("GET", "/c/" + link + "/sound.wav", "Range: " + range + "\r\n");
            assertThat(status(answer)).as(range.toString()).isIn(200, 206, 400, 416);
            assertThat(answer.length()).as(range.toString()).isLessThan(whole + 4_000);
        }
        String overlapping = "Range: bytes=" + "0-,".repeat(99) + "0-\r\n";
        assertThat(answer("GET", "/c/" + link + "/sound.wav", overlapping).length())
                .isLessThan(whole + 4_000);
    }
}
