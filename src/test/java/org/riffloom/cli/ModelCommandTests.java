package org.riffloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.checkpoint.hub.FetchProgress;
import org.riffloom.checkpoint.hub.HubServer;
import picocli.CommandLine;

class ModelCommandTests {

    @TempDir
    Path folder;

    private HubServer server;

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void serve() throws IOException, URISyntaxException {
        server = new HubServer()
                .serve(Path.of(ModelCommandTests.class
                        .getResource("/org/riffloom/diffusion/epsilon/model")
                        .toURI()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = RiffloomCommand.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("model"));
        all.addAll(List.of(args));
        int exitCode = line.execute(all.toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }

    private Result fetch(String id) {
        return run(
                "fetch",
                id,
                "--device",
                "cpu",
                "--endpoint",
                server.endpoint().toString(),
                "--cache",
                folder.toString());
    }

    @Test
    void fetchesListsAndVerifies() throws IOException {
        Result fetched = fetch(HubServer.MODEL);
        assertThat(fetched.err()).isEmpty();
        assertThat(fetched.exitCode()).isZero();
        Path model = Path.of(fetched.out().strip());
        assertThat(model.resolve("model_index.json")).isRegularFile();

        Result list = run("list", "--cache", folder.toString());
        assertThat(list.out().lines().toList().get(0))
                .startsWith("riffloom-mini")
                .endsWith("built in");
        assertThat(list.out().lines().toList().get(1)).matches("org/tiny +\\d{3}\\.\\d kB  0123456789ab \\(main\\)");

        Result verified = run("verify", HubServer.MODEL, "--cache", folder.toString());
        assertThat(verified.exitCode()).isZero();
        assertThat(verified.out().lines()).hasSizeGreaterThan(10).allMatch(line -> line.startsWith("right "));

        Path rotten = model.resolve("vae/config.json").toRealPath();
        Files.writeString(rotten, Files.readString(rotten) + " ");
        Result spoilt = run("verify", HubServer.MODEL, "--cache", folder.toString());
        assertThat(spoilt.exitCode()).isEqualTo(1);
        assertThat(spoilt.out()).containsPattern("wrong +vae/config.json");
        assertThat(spoilt.err().lines()).singleElement().asString().contains("1 files", "model fetch org/tiny");
        assertThat(fetch(HubServer.MODEL).exitCode()).isZero();
        assertThat(run("verify", HubServer.MODEL, "--cache", folder.toString()).exitCode())
                .isZero();
    }

    @Test
    void saysInOneLineWhatFailed() {
        Result missing = fetch("org/other");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err().lines()).singleElement().asString().contains("org/other", "404");
        Result unknown = run("verify", "org/other", "--cache", folder.toString());
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("has not been fetched");
    }

    @Test
    void modelThatThisProgramCannotUseIsNamedAfterTheDownload() {
        server.serve("unet/config.json", "{\"block_out_channels\": []}".getBytes());
        Result result = fetch(HubServer.MODEL);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("unet", "config.json");
    }

    @Test
    void saysWhatIsWrongWithTheUsage() {
        assertThat(run().exitCode()).isEqualTo(2);
        assertThat(run("fetch", "tiny").err()).contains("riffusion/riffusion-model-v1");
        assertThat(run("fetch", "a/b@c", "--revision", "d").exitCode()).isEqualTo(2);
        assertThat(run("fetch", "a/b", "--revision", "..").exitCode()).isEqualTo(2);
        assertThat(run("fetch", "a/b", "--endpoint", "nowhere", "--device", "cpu")
                        .err())
                .contains("must be an address");
        assertThat(run("--help").out()).contains("list", "fetch", "verify");
        assertThat(run("fetch", "--help").out()).contains("HF_TOKEN", "--revision");
    }

    @Test
    void barFillsUp() {
        assertThat(FetchBar.line(new FetchProgress("m", 2_650_000_000L, 5_300_000_000L, 26_500_000)))
                .isEqualTo("fetching [############------------] 2.7 GB of 5.3 GB, 26.5 MB/s, about 2 min left");
        assertThat(FetchBar.line(new FetchProgress("m", 0, 0, 0))).contains("0 bytes of 0 bytes");
    }
}
