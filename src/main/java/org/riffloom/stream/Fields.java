package org.riffloom.stream;

import org.jspecify.annotations.Nullable;
import org.riffloom.prompt.InvalidRequestException;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a message, by type. Nothing is converted: a number in quotes is a string, 1.0 is not a whole number,
 * and {@code null} is a value of the wrong type.
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
        JsonNode value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw wrong(name, value, "a string");
        }
        return value.stringValue();
    }

    @Nullable
    Double number(String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrong(name, value, "a number");
        }
        return value.doubleValue();
    }

    @Nullable
    Long whole(String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, value, "a whole number of at most 64 bits");
        }
        return value.longValue();
    }

    @Nullable
    Integer smallWhole(String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(name, value, "a whole number of at most 32 bits");
        }
        return value.intValue();
    }

    boolean flag(String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrong(name, value, "true or false");
        }
        return value.booleanValue();
    }

    private static InvalidRequestException wrong(String name, JsonNode value, String right) {
        return new InvalidRequestException(name, name + " is " + shortened(value) + "; it must be " + right + ".");
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
