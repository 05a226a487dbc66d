package org.riffloom.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.riffloom.prompt.InvalidRequestException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of an object in a message, by type; a field that is not there is {@code null}. Nothing is converted: a
 * number in quotes is a string, 1.0 is not a whole number, and JSON's null is a value of the wrong type. Data binding
 * would either convert what should be refused, or refuse with words that mean nothing to the one who wrote the message.
 *
 * <p>All methods that read a field throw {@link InvalidRequestException} where it is of another type.
 *
 * @param object the whole object
 * @param path of the object in the message, to name its fields by; empty, or ending in a dot
 */
public record Fields(JsonNode object, String path) {

    private static final int MAX_SHOWN = 40;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads a message that is one object.
     *
     * @param what to call it in messages, such as {@code The body}
     * @throws InvalidRequestException that says what is wrong with it
     */
    public static Fields parse(String text, String what) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new InvalidRequestException(
                    "",
                    what + " is not JSON: "
                            + e.getOriginalMessage().lines().findFirst().orElse("") + ".");
        }
        if (!node.isObject()) {
            throw new InvalidRequestException("", what + " must be a JSON object.");
        }
        return new Fields(node, "");
    }

    /** Whether there is such a field, be it null. */
    public boolean has(String name) {
        return object.has(name);
    }

    /** Whether there is such a field and it is null. */
    public boolean isNull(String name) {
        return has(name) && object.get(name).isNull();
    }

    /** A string that must be there. */
    public String requiredString(String name, String example) {
        String value = string(name);
        if (value == null) {
            throw missing(name, "a string, such as " + example);
        }
        return value;
    }

    /** The fields of an object within this one, which must be there. */
    public Fields requiredObject(String name) {
        JsonNode inner = value(name, JsonNode::isObject, "an object", Function.identity());
        if (inner == null) {
            throw missing(name, "an object");
        }
        return new Fields(inner, path + name + ".");
    }

    /** What to throw where a field is not there that must be. */
    public InvalidRequestException missing(String name, String right) {
        return new InvalidRequestException(path + name, path + name + " is missing; give " + right + ".");
    }

    /** A string. */
    public @Nullable String string(String name) {
        return value(name, JsonNode::isString, "a string", JsonNode::stringValue);
    }

    /** A number, finite unless it is too large for a double. */
    public @Nullable Double number(String name) {
        return value(name, JsonNode::isNumber, "a number", JsonNode::doubleValue);
    }

    /** A whole number of at most 64 bits. */
    public @Nullable Long wholeLong(String name) {
        return value(
                name,
                node -> node.isIntegralNumber() && node.canConvertToLong(),
                "a whole number of at most 64 bits",
                JsonNode::longValue);
    }

    /** A whole number of at most 32 bits. */
    public @Nullable Integer wholeInt(String name) {
        return value(
                name,
                node -> node.isIntegralNumber() && node.canConvertToInt(),
                "a whole number of at most 32 bits",
                JsonNode::intValue);
    }

    /** True or false. */
    public @Nullable Boolean flag(String name) {
        return value(name, JsonNode::isBoolean, "true or false", JsonNode::booleanValue);
    }

    /** An object whose fields are numbers. */
    public @Nullable Map<String, Double> numbersByName(String name) {
        return value(
                name,
                node -> node.isObject() && node.valueStream().allMatch(JsonNode::isNumber),
                "an object of numbers",
                node -> node.propertyStream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, item -> item.getValue().doubleValue())));
    }

    /** Strings in a list, which must be there. */
    public List<String> requiredStrings(String name, String right) {
        List<String> strings = value(
                name,
                node -> node.isArray() && node.valueStream().allMatch(JsonNode::isString),
                right,
                node -> node.valueStream().map(JsonNode::stringValue).toList());
        if (strings == null) {
            throw missing(name, right);
        }
        return strings;
    }

    /** The fields of each object in a list, which must be there. */
    public List<Fields> requiredObjects(String name, String right) {
        JsonNode list = value(
                name,
                node -> node.isArray() && node.valueStream().allMatch(JsonNode::isObject),
                right,
                Function.identity());
        if (list == null) {
            throw missing(name, right);
        }
        List<Fields> objects = new ArrayList<>();
        list.forEach(item -> objects.add(new Fields(item, path + name + "[" + objects.size() + "].")));
        return objects;
    }

    private <T> @Nullable T value(
            String name, Predicate<JsonNode> isRight, String right, Function<JsonNode, T> reading) {
        JsonNode value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!isRight.test(value)) {
            throw wrong(name, right);
        }
        return reading.apply(value);
    }

    /** What to throw where a field has a value that cannot be used. */
    public InvalidRequestException wrong(String name, String right) {
        String value = shortened(String.valueOf(object.get(name)));
        return new InvalidRequestException(path + name, path + name + " is " + value + "; it must be " + right + ".");
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
