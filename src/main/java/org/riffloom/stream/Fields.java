package org.riffloom.stream;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.riffloom.prompt.InvalidRequestException;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a message, by type; a field that is not there is {@code null}. Nothing is converted: a number in quotes
 * is a string, 1.0 is not a whole number, and JSON's null is a value of the wrong type.
 */
record Fields(JsonNode object) {

    private static final int MAX_SHOWN = 40;

    boolean has(String name) {
        return object.has(name);
    }

    boolean isNull(String name) {
        return has(name) && object.get(name).isNull();
    }

    String requiredString(String name, String example) {
        String value = string(name);
        if (value == null) {
            throw new InvalidRequestException(name, name + " is missing; give a string, such as " + example + ".");
        }
        return value;
    }

    @Nullable
    String string(String name) {
        return value(name, JsonNode::isString, "a string", JsonNode::stringValue);
    }

    @Nullable
    Double number(String name) {
        return value(name, JsonNode::isNumber, "a number", JsonNode::doubleValue);
    }

    @Nullable
    Long wholeLong(String name) {
        return value(
                name,
                node -> node.isIntegralNumber() && node.canConvertToLong(),
                "a whole number of at most 64 bits",
                JsonNode::longValue);
    }

    @Nullable
    Integer wholeInt(String name) {
        return value(
                name,
                node -> node.isIntegralNumber() && node.canConvertToInt(),
                "a whole number of at most 32 bits",
                JsonNode::intValue);
    }

    @Nullable
    Boolean flag(String name) {
        return value(name, JsonNode::isBoolean, "true or false", JsonNode::booleanValue);
    }

    @Nullable
    Map<String, Double> numbersByName(String name) {
        return value(
                name,
                node -> node.isObject() && node.valueStream().allMatch(JsonNode::isNumber),
                "an object of numbers",
                node -> node.propertyStream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, item -> item.getValue().doubleValue())));
    }

    private <T> @Nullable T value(
            String name, Predicate<JsonNode> isRight, String right, Function<JsonNode, T> reading) {
        JsonNode value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!isRight.test(value)) {
            throw new InvalidRequestException(
                    name, name + " is " + shortened(value.toString()) + "; it must be " + right + ".");
        }
        return reading.apply(value);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
