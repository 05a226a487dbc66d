package org.riffloom.stream;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Messages that must be refused, each with the field that is to blame. */
final class BadMessages {

    private BadMessages() {}

    static Stream<Arguments> syntax() {
        return Stream.of(
                arguments("", ""),
                arguments("", " "),
                arguments("", "start"),
                arguments("", "{"),
                arguments("", "{\"type\":\"start\",\"prompt\":\"a\""),
                arguments("", "{'type':'start'}"),
                arguments("", "{\"type\":\"pause\"} {}"),
                arguments("", "{\"type\":\"pause\",\"type\":\"resume\"}"),
                arguments("", "{\"type\":\"start\",\"prompt\":\"a\",\"guidance\":NaN}"),
                arguments("", "null"),
                arguments("", "42"),
                arguments("", "[{\"type\":\"pause\"}]"),
                arguments("", "[".repeat(2_000)),
                arguments("type", "{}"),
                arguments("type", "{\"type\":null}"),
                arguments("type", "{\"type\":1}"),
                arguments("type", "{\"type\":\"\"}"),
                arguments("type", "{\"type\":\"Start\",\"prompt\":\"a\"}"),
                arguments("type", "{\"type\":\"stop\"}"));
    }

    static Stream<Arguments> fields() {
        return Stream.of(plainFields(), mixes()).flatMap(Function.identity());
    }

    private static Stream<Arguments> mixes() {
        String part = "{\"prompt\":\"a\",\"weight\":1}";
        String seven = "[" + (part + ",").repeat(6) + part + "]";
        return Stream.concat(
                Stream.of("mix|start", "mix|settings", "prompts|mix")
                        .map(kind -> kind.split("\\|"))
                        .flatMap(kind -> Stream.of(
                                        "|null",
                                        "|[]",
                                        "|{}",
                                        "|\"a\"",
                                        "|[1]",
                                        "|[[]]",
                                        "|" + seven,
                                        "|[{\"prompt\":\"a\",\"weight\":0},{\"prompt\":\"b\",\"weight\":0}]",
                                        "[0].prompt|[{\"weight\":1}]",
                                        "[0].prompt|[{\"prompt\":7,\"weight\":1}]",
                                        "[1].prompt|[" + part + ",{\"prompt\":\" \",\"weight\":1}]",
                                        "[1].prompt|[" + part + ",{\"prompt\":\"" + "a".repeat(1_001)
                                                + "\",\"weight\":1}]",
                                        "[0].weight|[{\"prompt\":\"a\"}]",
                                        "[0].weight|[{\"prompt\":\"a\",\"weight\":\"1\"}]",
                                        "[0].weight|[{\"prompt\":\"a\",\"weight\":null}]",
                                        "[1].weight|[" + part + ",{\"prompt\":\"b\",\"weight\":-0.1}]",
                                        "[1].weight|[" + part + ",{\"prompt\":\"b\",\"weight\":1001}]",
                                        "[1].weight|[" + part + ",{\"prompt\":\"b\",\"weight\":1e400}]")
                                .map(bad -> bad.split("\\|"))
                                .map(bad -> arguments(
                                        kind[0] + bad[0],
                                        "{\"type\":\"" + kind[1] + "\",\"" + kind[0] + "\":" + bad[1] + "}"))),
                Stream.of(
                        arguments("prompts", "{\"type\":\"mix\"}"),
                        arguments("", "{\"type\":\"mix\",\"prompts\":[{\"prompt\":\"a\",\"weight\":NaN}]}"),
                        arguments("mix", "{\"type\":\"start\",\"prompt\":\"a\",\"mix\":[" + part + "]}")));
    }

    private static Stream<Arguments> plainFields() {
        return Stream.concat(
                Stream.of(
                        arguments("prompt", "{\"type\":\"start\"}"),
                        arguments("prompt", "{\"type\":\"start\",\"prompt\":null}"),
                        arguments("prompt", "{\"type\":\"start\",\"prompt\":7}"),
                        arguments("prompt", "{\"type\":\"start\",\"prompt\":\"\"}"),
                        arguments("prompt", "{\"type\":\"start\",\"prompt\":\" \\t\\n \"}"),
                        arguments("prompt", "{\"type\":\"start\",\"prompt\":\"" + "a".repeat(10_000) + "\"}"),
                        arguments("prompt", "{\"type\":\"prompt\"}"),
                        arguments("prompt", "{\"type\":\"prompt\",\"prompt\":[\"a\"]}"),
                        arguments("prompt", "{\"type\":\"settings\",\"prompt\":\"\"}"),
                        arguments("replace", "{\"type\":\"prompt\",\"prompt\":\"a\",\"replace\":\"yes\"}"),
                        arguments("link", "{\"type\":\"start\",\"link\":7}"),
                        arguments("link", "{\"type\":\"start\",\"link\":null,\"prompt\":\"a\"}"),
                        arguments("prompt", "{\"type\":\"start\",\"link\":\"a\",\"prompt\":\"\"}"),
                        arguments("index", "{\"type\":\"played\"}"),
                        arguments("index", "{\"type\":\"played\",\"index\":\"0\"}"),
                        arguments("index", "{\"type\":\"played\",\"index\":0.5}"),
                        arguments("index", "{\"type\":\"played\",\"index\":null}"),
                        arguments("index", "{\"type\":\"played\",\"index\":99999999999}"),
                        arguments("riff", "{\"type\":\"played\",\"index\":0,\"riff\":\"1\"}")),
                Stream.of(
                                "loras|[\"bells\"]",
                                "loras|{\"bells\":\"1\"}",
                                "loras|{\"bells\":11}",
                                "seed|1.5",
                                "seed|1.0",
                                "seed|1e30",
                                "seed|1e3",
                                "seed|\"abc\"",
                                "seed|\"42\"",
                                "seed|null",
                                "seed|true",
                                "seed|9223372036854775808",
                                "seed|1" + "0".repeat(400),
                                "seedImage|7",
                                "seedImage|[]",
                                "denoising|\"0.5\"",
                                "denoising|null",
                                "guidance|{}",
                                "steps|2.5",
                                "steps|99999999999",
                                "negativePrompt|1",
                                "maskImage|7",
                                "scheduler|7",
                                "scheduler|\"heun\"",
                                "scheduler|\"DDIM\"",
                                "audio|\"flac\"",
                                "audio|\"WAV\"",
                                "audio|1")
                        .map(bad -> bad.split("\\|"))
                        .map(bad -> arguments(
                                bad[0], "{\"type\":\"start\",\"prompt\":\"a\",\"" + bad[0] + "\":" + bad[1] + "}")));
    }

    /** Well formed, but beyond what a session allows. */
    static Stream<Arguments> values() {
        return Stream.of(
                        "denoising|0",
                        "denoising|-1",
                        "denoising|1.01",
                        "denoising|1e400",
                        "guidance|0.5",
                        "guidance|31",
                        "steps|0",
                        "steps|-3",
                        "steps|151",
                        "seedImage|\"nowhere\"",
                        "seedImage|\"\"",
                        "maskImage|\"nowhere\"",
                        "loras|{\"nowhere\":1}",
                        "link|\"AAAAAAAAAAAAAAAAAAAAAA\"",
                        "link|\"\"",
                        "link|\"../../../../etc/passwd\"",
                        "negativePrompt|\"" + "a".repeat(10_000) + "\"")
                .map(bad -> bad.split("\\|"))
                .map(bad ->
                        arguments(bad[0], "{\"type\":\"start\",\"prompt\":\"a\",\"" + bad[0] + "\":" + bad[1] + "}"));
    }
}
