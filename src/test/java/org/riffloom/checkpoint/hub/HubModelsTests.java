package org.riffloom.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.checkpoint.hub.HubServer.Fault;
import org.riffloom.checkpoint.hub.HubServer.Request;

/** Fetches from a hub on this machine that misbehaves in every way that hubs do. */
@Timeout(60)
class HubModelsTests {

    private static final HubId MODEL = new HubId(HubServer.MODEL, "main");
    private static final String BIG = "unet/big.bin";
    private static final String SECRET = "hf_secret";

    /** Everything but what a pipeline has no use for. */
    private static final FileChoice ALL = paths -> new FileChoice.Chosen(
            paths.stream().filter(path -> !path.startsWith("extra")).toList(),
            paths.contains("index.json") ? List.of() : List.of("index.json"));

    private static final Patience QUICK = new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(400),
            Duration.ofMillis(10),
            Duration.ofSeconds(2),
            4);

    @TempDir
    Path cache;

    private HubServer server;
    private byte[] big;

    @BeforeEach
    void start() {
        big = new byte[300_000];
        for (int i = 0; i < big.length; i++) {
            big[i] = (byte) (i % 251);
        }
        server = new HubServer()
                .serve("index.json", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8))
                .serve("unet/config.json", "{}".getBytes(StandardCharsets.UTF_8))
                .serve(BIG, big)
                .serve("extra/checker.bin", new byte[50_000]);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HubModels models(@Nullable String token, long free) {
        return new HubModels(new HubSettings(server.endpoint(), cache, token, false), QUICK, folder -> free);
    }

    private Path fetch() {
        return models(null, Long.MAX_VALUE).fetch(MODEL, ALL, FetchListener.NONE);
    }

    private Path blob(byte[] content) {
        return cache.resolve("models--org--tiny/blobs").resolve(HubServer.hash(content));
    }

    private Path partial(byte[] content) {
        return blob(content).resolveSibling(HubServer.hash(content) + ".riffloom.incomplete");
    }

    private void assertFetched(Path folder) throws IOException {
        assertThat(folder.resolve(BIG)).hasBinaryContent(big);
        assertThat(folder.resolve("unet/config.json")).hasContent("{}");
        assertThat(names("blobs")).noneMatch(name -> name.contains("incomplete"));
    }

    private Set<String> names(String below) throws IOException {
        Path folder = cache.resolve("models--org--tiny").resolve(below);
        Set<String> names = new TreeSet<>();
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                paths.filter(path -> !Files.isDirectory(path))
                        .forEach(path -> names.add(folder.relativize(path).toString()));
            }
        }
        return names;
    }

    private void assertNothingToUse() throws IOException {
        assertThat(names("snapshots")).isEmpty();
        assertThat(names("refs")).isEmpty();
        assertThat(models(null, 0).find(MODEL, ALL)).isEmpty();
    }

    @Test
    void fetchesWhatIsNeededAndNothingElse() throws IOException {
        assertFetched(fetch());
        assertThat(server.requests()).extracting(Request::path).doesNotContain("extra/checker.bin");
    }

    /** The links and names that {@code snapshot_download} makes, as models/reference/make_hub_layout.py wrote them down. */
    @Test
    void laysTheCacheOutAsPythonDoes() throws IOException {
        fetch();
        Path root = cache.resolve("models--org--tiny");
        List<String> layout = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted().toList()) {
                String name = root.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    layout.add(name + " -> " + Files.readSymbolicLink(path));
                } else if (Files.isRegularFile(path)) {
                    layout.add(name + (name.startsWith("refs") ? " = " + Files.readString(path) : ""));
                }
            }
        }
        String python = new String(
                HubModelsTests.class.getResourceAsStream("layout.txt").readAllBytes(), StandardCharsets.UTF_8);
        assertThat(layout).containsExactlyInAnyOrderElementsOf(python.lines().toList());
    }

    @Test
    void findsWhatPythonFetchedWithoutAskingTheHub() throws IOException {
        Path root = cache.resolve("models--org--tiny");
        Path snapshot = Files.createDirectories(root.resolve("snapshots/" + HubServer.COMMIT));
        Path blob = Files.createDirectories(root.resolve("blobs")).resolve(HubServer.hash(big));
        Files.write(blob, big);
        Files.createSymbolicLink(snapshot.resolve("index.json"), Path.of("../../blobs/" + HubServer.hash(big)));
        Files.createDirectories(root.resolve("refs"));
        Files.writeString(root.resolve("refs/main"), HubServer.COMMIT);

        assertThat(models(null, 0).find(MODEL, ALL)).hasValue(snapshot);
        assertThat(models(null, 0).find(MODEL.at(HubServer.COMMIT), ALL)).hasValue(snapshot);
        assertThat(models(null, 0).find(MODEL.at("other"), ALL)).isEmpty();
        Files.delete(blob);
        assertThat(models(null, 0).find(MODEL, ALL)).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void isThereTheSecondTime() throws IOException {
        Path folder = fetch();
        server.requests().clear();
        assertThat(fetch()).isEqualTo(folder);
        assertThat(server.requests()).extracting(Request::path).containsExactly("/api");
    }

    @Test
    void replacesWhatHasRottenAndUsesWhatIsRight() throws IOException {
        Path folder = fetch();
        byte[] spoilt = big.clone();
        spoilt[7]++;
        Files.write(blob(big), spoilt);
        server.requests().clear();
        assertFetched(fetch());
        assertThat(folder.resolve(BIG)).hasBinaryContent(big);
        assertThat(server.requestsOf("index.json")).isEmpty();
    }

    @Test
    void goesOnWhereTheConnectionWasCut() throws IOException {
        server.fail(BIG, new Fault.CutAfter(100_000), new Fault.CutAfter(50_000));
        assertFetched(fetch());
        List<Request> requests = server.requestsOf("storage:" + BIG);
        assertThat(requests).extracting(Request::range).hasSize(3).first().isNull();
        // How much of what was sent before the cut arrives is the network's affair.
        assertThat(requests.get(2).range()).matches("bytes=\\d+-").isNotEqualTo("bytes=0-");
        assertThat(requests).extracting(Request::ifRange).last().asString().startsWith("\"");
    }

    @Test
    void aWeakMarkIsNoReasonToTrustTheRest() throws IOException {
        server.eTagPrefix = "W/";
        server.fail(BIG, new Fault.CutAfter(100_000));
        assertFetched(fetch());
        assertThat(server.requestsOf("storage:" + BIG))
                .extracting(Request::ifRange)
                .containsOnlyNulls();
    }

    @Test
    void anotherProcessGoesOnWhereOneWasKilled() throws IOException {
        Files.createDirectories(blob(big).getParent());
        Files.write(partial(big), Arrays.copyOf(big, 123_456));
        assertFetched(fetch());
        assertThat(server.requestsOf("storage:" + BIG))
                .extracting(Request::range)
                .containsExactly("bytes=123456-");
    }

    @Test
    void wholeFileThatWasNeverRenamedNeedsNoRequest() throws IOException {
        Files.createDirectories(blob(big).getParent());
        Files.write(partial(big), big);
        assertFetched(fetch());
        assertThat(server.requestsOf("storage:" + BIG)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 300_000, 300_001, 400_000})
    void rubbishThatWasBegunIsThrownAway(int bytes) throws IOException {
        Files.createDirectories(blob(big).getParent());
        Files.write(partial(big), new byte[bytes]);
        assertFetched(fetch());
    }

    @Test
    void serverThatKnowsNoRangesSendsAllOfIt() throws IOException {
        server.ignoresRange = true;
        server.fail(BIG, new Fault.CutAfter(100_000));
        server.serve("unet/small.json", new byte[5000]);
        server.fail("unet/small.json", new Fault.CutAfter(2000));
        assertFetched(fetch());
    }

    @Test
    void serverThatFallsSilentIsAskedAgain() throws IOException {
        server.fail(BIG, new Fault.Silence(50_000));
        assertFetched(fetch());
        assertThat(server.requestsOf("storage:" + BIG))
                .extracting(Request::range)
                .contains("bytes=50000-");
    }

    @Test
    void busyHubIsWaitedFor() throws IOException {
        server.fail("/api", new Fault.Status(429, Map.of("Retry-After", "1")), new Fault.Status(503, Map.of()));
        server.fail(BIG, new Fault.Status(500, Map.of()));
        long start = System.nanoTime();
        assertFetched(fetch());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void busyHubIsNotWaitedForAllDay() {
        server.fail("/api", new Fault.Status(429, Map.of("Retry-After", "7200")));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(HubException.Unreachable.class)
                .hasMessageContaining("7200 s");
    }

    @Test
    void givesUpAfterSomeFailuresInARow() throws IOException {
        Fault[] cuts = Collections.nCopies(4, new Fault.CutAfter(1000)).toArray(Fault[]::new);
        server.fail(BIG, cuts);
        assertThatThrownBy(this::fetch)
                .isInstanceOf(HubException.Unreachable.class)
                .hasMessageContaining("org/tiny")
                .hasMessageContaining("4 attempts");
        assertNothingToUse();
        assertThat(partial(big)).as("what the next attempt goes on with").isNotEmptyFile();
        assertThat(Files.size(partial(big))).isLessThanOrEqualTo(4000);
        assertFetched(fetch());
    }

    @Test
    void unreachableHubIsNamed() {
        HubServer gone = new HubServer();
        gone.close();
        HubModels models =
                new HubModels(new HubSettings(gone.endpoint(), cache, null, false), QUICK, folder -> Long.MAX_VALUE);
        assertThatThrownBy(() -> models.fetch(MODEL, ALL, FetchListener.NONE))
                .isInstanceOf(HubException.Unreachable.class)
                .hasMessageContaining("localhost");
    }

    @Test
    void offlineMeansThatNobodyIsAsked() {
        HubModels models =
                new HubModels(new HubSettings(server.endpoint(), cache, null, true), QUICK, folder -> Long.MAX_VALUE);
        assertThatThrownBy(() -> models.fetch(MODEL, ALL, FetchListener.NONE)).hasMessageContaining("HF_HUB_OFFLINE");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void wrongHashIsThrownAway() throws IOException {
        byte[] spoilt = big.clone();
        spoilt[200_000]++;
        server.lie(BIG, spoilt);
        assertThatThrownBy(this::fetch)
                .isInstanceOf(HubException.Corrupt.class)
                .hasMessageContaining(BIG)
                .hasMessageContaining(HubServer.hash(big));
        assertNothingToUse();
        assertThat(partial(big)).doesNotExist();
        assertThat(blob(big)).doesNotExist();
    }

    @Test
    void fileThatIsLongerThanAnnouncedIsCutOff() throws IOException {
        server.lie(BIG, new byte[1_000_000]);
        assertThatThrownBy(this::fetch)
                .isInstanceOf(HubException.Corrupt.class)
                .hasMessageContaining("longer than the 300000 bytes");
        assertNothingToUse();
        assertThat(partial(big)).doesNotExist();
    }

    @Test
    void fileThatIsShorterThanAnnouncedIsNeverWhole() throws IOException {
        server.lie(BIG, new byte[1000]);
        assertThatThrownBy(this::fetch).isInstanceOf(HubException.class).hasMessageContaining("org/tiny");
        assertNothingToUse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | Denied | set HF_TOKEN",
                "403 | Denied | Accept its conditions at http://localhost",
                "404 | NotFound | no such model or revision",
                "418 | Corrupt | answers 418"
            })
    void refusalIsExplained(int status, String kind, String message) throws IOException {
        server.fail("/api", new Fault.Status(status, Map.of("X-Error-Message", "Ask nicely")));
        assertThatThrownBy(this::fetch)
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(kind))
                .hasMessageContaining(message)
                .hasMessageContaining("\"Ask nicely\"");
        assertThat(server.requests()).hasSize(1);
        assertNothingToUse();
    }

    @Test
    void refusalOfOneFileStopsTheOthers() throws IOException {
        server.fail(BIG, new Fault.Status(403, Map.of()));
        assertThatThrownBy(this::fetch).isInstanceOf(HubException.Denied.class);
        assertNothingToUse();
    }

    @Test
    void anotherModelIsNotFound() {
        assertThatThrownBy(() ->
                        models(null, Long.MAX_VALUE).fetch(new HubId("org/other", "main"), ALL, FetchListener.NONE))
                .isInstanceOf(HubException.NotFound.class)
                .hasMessageContaining("org/other");
    }

    @Test
    void tokenGoesToTheHubAlone() throws IOException {
        models(SECRET, Long.MAX_VALUE).fetch(MODEL, ALL, FetchListener.NONE);
        assertThat(server.requests()).allSatisfy(request -> {
            if (request.path().startsWith("storage:")) {
                assertThat(request.token()).isNull();
            } else {
                assertThat(request.token()).isEqualTo("Bearer " + SECRET);
            }
        });
        assertThat(server.requestsOf("storage:" + BIG)).isNotEmpty();
        assertThat(new HubSettings(server.endpoint(), cache, SECRET, false).toString())
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://localhost/x", "", "http://", "::"})
    void redirectToSomethingElseIsNotFollowed(String location) {
        server.fail("index.json", new Fault.Redirect(location));
        assertThatThrownBy(this::fetch).isInstanceOf(HubException.Corrupt.class).hasMessageContaining("redirects");
    }

    @Test
    void redirectsInCirclesEnd() {
        String itself = server.endpoint() + "/" + HubServer.MODEL + "/resolve/" + HubServer.COMMIT + "/index.json";
        server.fail(
                "index.json",
                Collections.nCopies(20, new Fault.Redirect(itself)).toArray(Fault[]::new));
        assertThatThrownBy(this::fetch).isInstanceOf(HubException.Corrupt.class).hasMessageContaining("circles");
    }

    @Test
    void fullDiskIsNoticedBefore() throws IOException {
        assertThatThrownBy(() -> models(null, 64_100_000).fetch(MODEL, ALL, FetchListener.NONE))
                .isInstanceOf(HubException.NoRoom.class)
                .hasMessageContaining("needs 300.0 kB more")
                .hasMessageContaining("64.1 MB are free")
                .hasMessageContaining("HF_HUB_CACHE");
        assertThat(server.requests()).extracting(Request::path).containsExactly("/api");
        assertNothingToUse();
    }

    @Test
    void whatIsThereNeedsNoRoom() throws IOException {
        Path folder = fetch();
        assertThat(models(null, 0).fetch(MODEL, ALL, FetchListener.NONE)).isEqualTo(folder);
    }

    @Test
    void repositoryWithoutWhatIsNeededIsRefusedBeforeTheDownload() throws IOException {
        FileChoice impossible = paths -> new FileChoice.Chosen(List.of(), List.of("vae/config.json"));
        assertThatThrownBy(() -> models(null, Long.MAX_VALUE).fetch(MODEL, impossible, FetchListener.NONE))
                .isInstanceOf(HubException.Unsuitable.class)
                .hasMessageContaining("lacks vae/config.json");
        assertNothingToUse();
    }

    @Test
    void twoFilesAtOnceAndNoMore() {
        for (int i = 0; i < 6; i++) {
            server.serve("part" + i, new byte[40_000 + i]);
        }
        server.chunkPauseMillis = 5;
        fetch();
        assertThat(server.mostAtOnce()).isEqualTo(2);
    }

    @Test
    void equalFilesAreFetchedOnce() throws IOException {
        server.serve("unet/copy.bin", big);
        Path folder = fetch();
        assertThat(folder.resolve("unet/copy.bin")).hasBinaryContent(big);
        assertThat(server.requests())
                .filteredOn(request -> request.path().startsWith("storage:"))
                .hasSize(1);
    }

    @Test
    void listenerHearsOfAllBytes() {
        server.fail(BIG, new Fault.CutAfter(100_000));
        server.ignoresRange = true;
        List<FetchProgress> heard = Collections.synchronizedList(new ArrayList<>());
        models(null, Long.MAX_VALUE).fetch(MODEL, ALL, heard::add);
        assertThat(heard).isNotEmpty().allSatisfy(progress -> {
            assertThat(progress.totalBytes()).isEqualTo(300_010);
            assertThat(progress.bytes()).isBetween(0L, 300_010L);
        });
        assertThat(heard.get(heard.size() - 1).bytes()).isEqualTo(300_010);
    }

    @Test
    void twoProcessesDoNotFetchTheSameModel() throws IOException {
        try (FileChannel lock = new HubCache(cache, MODEL).lock()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(this::fetch)
                    .isInstanceOf(HubException.Interrupted.class)
                    .hasMessageContaining("another process");
        }
        assertFetched(fetch());
    }

    @Test
    void listsAndVerifiesWhatIsThere() throws IOException {
        fetch();
        CachedModels cached = new CachedModels(cache);
        assertThat(cached.having("nothing.json")).isEmpty();
        CachedModel model = cached.having("index.json").get(0);
        assertThat(model.name()).isEqualTo("org/tiny");
        assertThat(model.commit()).isEqualTo(HubServer.COMMIT);
        assertThat(model.revisions()).containsExactly("main");
        assertThat(model.bytes()).isEqualTo(300_010);
        assertThat(CachedModels.nameOf(model.folder())).hasValue("org/tiny");
        assertThat(cached.find(MODEL)).hasValue(model);
        assertThat(cached.files(model)).containsExactly("index.json", BIG, "unet/config.json");
        for (String file : cached.files(model)) {
            assertThat(cached.verify(model, file).outcome()).isEqualTo(Verification.Outcome.RIGHT);
        }
        Files.write(blob(big), new byte[300_000]);
        assertThat(cached.verify(model, BIG).outcome()).isEqualTo(Verification.Outcome.WRONG);
        Files.delete(model.folder().resolve(BIG));
        Files.write(model.folder().resolve(BIG), big);
        assertThat(cached.verify(model, BIG).outcome()).isEqualTo(Verification.Outcome.UNKNOWN);
        assertThat(new CachedModels(cache.resolve("nowhere")).having("index.json"))
                .isEmpty();
    }

    @Test
    void answerThatIsNoneIsRefused() {
        server.fail(
                "/api",
                new Fault.Redirect(
                        server.endpoint() + "/" + HubServer.MODEL + "/resolve/" + HubServer.COMMIT + "/index.json"));
        assertThatThrownBy(this::fetch).isInstanceOf(HubException.Corrupt.class).hasMessageContaining("no commit");
    }
}
