package org.riffloom.checkpoint;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pickle of {@code torch.save(state_dict)}: a small machine that knows the instructions which torch's own
 * restricted reader knows ({@code torch/_weights_only_unpickler.py}) and the functions of {@link TorchGlobal}, and
 * refuses all others by name. Nothing in the file can name a class of this program, and nothing that is read takes more
 * memory than a fixed multiple of the pickle; general readers of pickles promise neither.
 */
final class TorchPickle {

    /** Between what was pushed before and what an instruction will gather. */
    private static final Object MARK = new Object();

    private static final Object NONE = new Object();

    private final Path path;
    private final ByteBuffer code;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private TorchPickle(Path path, byte[] code) {
        this.path = path;
        this.code = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The tensors by name, in the file's order.
     *
     * @throws CheckpointException.Unsupported if the pickle asks for anything but tensors
     * @throws CheckpointException.Malformed if it is no pickle
     */
    static Map<String, TorchTensor> read(Path path, byte[] code) {
        return read(path, code, "");
    }

    /**
     * The same, of the dictionary that the outermost one holds under a name; or of that one, where it holds none there.
     *
     * @param inner such a name, or empty
     */
    static Map<String, TorchTensor> read(Path path, byte[] code, String inner) {
        TorchPickle pickle = new TorchPickle(path, code);
        try {
            return pickle.stateDict(inner);
        } catch (BufferUnderflowException e) {
            throw pickle.malformed("it is cut short");
        }
    }

    private Map<String, TorchTensor> stateDict(String inner) {
        if (!(run() instanceof Map<?, ?> outermost)) {
            throw new CheckpointException.Unsupported(path, "does not hold a dictionary of tensors.");
        }
        Map<?, ?> dict = !inner.isEmpty() && outermost.get(inner) instanceof Map<?, ?> within ? within : outermost;
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        dict.forEach((name, value) -> {
            if (!(value instanceof TorchTensor tensor)) {
                throw new CheckpointException.Unsupported(
                        path,
                        "has something under " + name + " that is no tensor; a file of weights holds nothing else.");
            }
            tensors.put((String) name, tensor);
        });
        return tensors;
    }

    private Object run() {
        while (true) {
            int instruction = Byte.toUnsignedInt(code.get());
            switch (instruction) {
                case 0x80 -> requireProtocol(Byte.toUnsignedInt(code.get()));
                case 0x95 -> code.getLong(); // a frame's length, which only helps a reader of streams
                case '(' -> push(MARK);
                case '0' -> pop();
                case 'N' -> push(NONE);
                case 0x88 -> push(true);
                case 0x89 -> push(false);
                case 'J' -> push((long) code.getInt());
                case 'K' -> push((long) Byte.toUnsignedInt(code.get()));
                case 'M' -> push((long) Short.toUnsignedInt(code.getShort()));
                case 0x8A -> push(wholeNumber(Byte.toUnsignedInt(code.get())));
                case 'G' -> push(code.order(ByteOrder.BIG_ENDIAN).getDouble());
                case 'X' -> push(text(code.getInt()));
                case 0x8C -> push(text(Byte.toUnsignedInt(code.get())));
                case ')' -> push(List.of());
                case 0x85 -> push(popLast(1));
                case 0x86 -> push(popLast(2));
                case 0x87 -> push(popLast(3));
                case 't' -> push(popToMark());
                case ']' -> push(new ArrayList<>());
                case 'a' -> append(popLast(1));
                case 'e' -> append(popToMark());
                case '}' -> push(new LinkedHashMap<String, Object>());
                case 's' -> putAll(popLast(2));
                case 'u' -> putAll(popToMark());
                case 'q' -> memo.put(Byte.toUnsignedInt(code.get()), top());
                case 'r' -> memo.put(code.getInt(), top());
                case 0x94 -> memo.put(memo.size(), top());
                case 'h' -> push(recalled(Byte.toUnsignedInt(code.get())));
                case 'j' -> push(recalled(code.getInt()));
                case 'c' -> push(global(line(), line()));
                case 0x93 -> pushGlobal(popLast(2));
                case 'Q' -> push(storage(pop()));
                case 'R' -> call(popLast(2));
                case 'b' -> discardState(popLast(2));
                case '.' -> {
                    return pop();
                }
                default ->
                    throw new CheckpointException.Unsupported(
                            path,
                            "has the pickle instruction 0x%02X at byte %d, which no file of weights needs; it is not read."
                                    .formatted(instruction, code.position() - 1));
            }
            code.order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void requireProtocol(int protocol) {
        if (protocol < 2 || protocol > 5) {
            throw malformed("its protocol is " + protocol + "; it must be 2 to 5");
        }
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        if (stack.isEmpty()) {
            throw malformed("it takes more than it has put");
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private List<Object> popLast(int count) {
        if (stack.size() < count) {
            throw malformed("it takes more than it has put");
        }
        List<Object> tail = stack.subList(stack.size() - count, stack.size());
        List<Object> values = List.copyOf(tail);
        tail.clear();
        return values;
    }

    private List<Object> popToMark() {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw malformed("it gathers without a mark");
        }
        List<Object> values = popLast(stack.size() - mark - 1);
        pop();
        return values;
    }

    private Object recalled(int place) {
        Object value = memo.get(place);
        if (value == null) {
            throw malformed("it recalls " + place + ", where nothing was put");
        }
        return value;
    }

    private byte[] bytes(int count) {
        // Before anything is allocated: a length is cheap to claim.
        if (count < 0 || count > code.remaining()) {
            throw malformed("it is cut short");
        }
        byte[] bytes = new byte[count];
        code.get(bytes);
        return bytes;
    }

    private String text(int count) {
        return new String(bytes(count), StandardCharsets.UTF_8);
    }

    private String line() {
        int start = code.position();
        int end = start;
        while (code.get() != '\n') {
            end++;
        }
        return new String(code.array(), start, end - start, StandardCharsets.UTF_8);
    }

    /** A whole number of up to 64 bits; the sizes of tensors need no more. */
    private long wholeNumber(int count) {
        byte[] littleEndian = bytes(count);
        if (count > Long.BYTES) {
            throw malformed("it has a number of " + count + " bytes");
        }
        long value = count > 0 && littleEndian[count - 1] < 0 ? -1 : 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << Byte.SIZE | Byte.toUnsignedLong(littleEndian[i]);
        }
        return value;
    }

    @SuppressWarnings("unchecked") // every list on the stack that is an ArrayList was made by this machine
    private void append(List<Object> values) {
        if (!(top() instanceof ArrayList<?> list)) {
            throw malformed("it appends to something that is no list");
        }
        ((ArrayList<Object>) list).addAll(values);
    }

    @SuppressWarnings("unchecked") // every map on the stack was made by this machine, and its keys are texts
    private void putAll(List<Object> pairs) {
        if (!(top() instanceof Map<?, ?> map) || pairs.size() % 2 != 0) {
            throw malformed("it sets items of something that is no dictionary");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            if (!(pairs.get(i) instanceof String name)) {
                throw new CheckpointException.Unsupported(path, "has a dictionary whose keys are no texts.");
            }
            ((Map<String, Object>) map).put(name, pairs.get(i + 1));
        }
    }

    private void pushGlobal(List<Object> names) {
        if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
            throw malformed("it looks up something without a name");
        }
        push(global(module, name));
    }

    private TorchGlobal global(String module, String name) {
        TorchGlobal global = TorchGlobal.named(module, name);
        if (global == null) {
            throw new CheckpointException.Unsupported(
                    path,
                    "asks for Python's " + module + "." + name
                            + ", which no file of weights needs. It was not run; if you did not expect it, take the file"
                            + " for hostile.");
        }
        return global;
    }

    private TorchTensor.Storage storage(Object id) {
        if (id instanceof List<?> parts
                && parts.size() == 5
                && parts.get(0).equals("storage")
                && parts.get(1) instanceof TorchGlobal global
                && global.storage() != null
                && parts.get(2) instanceof String key
                && parts.get(4) instanceof Long elements) {
            return new TorchTensor.Storage(global.storage(), key, elements);
        }
        throw malformed("it names a storage in an unknown way");
    }

    private void call(List<Object> functionAndArguments) {
        if (!(functionAndArguments.get(0) instanceof TorchGlobal function)
                || !(functionAndArguments.get(1) instanceof List<?> arguments)) {
            throw malformed("it calls something that is no function");
        }
        switch (function) {
            case ORDERED_DICT -> {
                if (!arguments.isEmpty()) {
                    throw malformed("it fills a dictionary in an unknown way");
                }
                push(new LinkedHashMap<String, Object>());
            }
            case REBUILD_TENSOR, REBUILD_TENSOR_V2 -> push(tensor(arguments));
            case REBUILD_PARAMETER -> {
                if (arguments.isEmpty() || !(arguments.get(0) instanceof TorchTensor tensor)) {
                    throw malformed("it makes a parameter of something that is no tensor");
                }
                push(tensor);
            }
            default -> throw malformed("it calls a storage");
        }
    }

    /** Storage, offset, shape and strides; what follows is about gradients. */
    private TorchTensor tensor(List<?> arguments) {
        if (arguments.size() >= 4
                && arguments.get(0) instanceof TorchTensor.Storage storage
                && arguments.get(1) instanceof Long offset) {
            return new TorchTensor(storage, offset, numbers(arguments.get(2)), numbers(arguments.get(3)));
        }
        throw malformed("it makes a tensor in an unknown way");
    }

    private List<Long> numbers(@Nullable Object values) {
        List<Long> numbers = new ArrayList<>();
        if (values instanceof List<?> list) {
            for (Object value : list) {
                if (!(value instanceof Long number) || number < 0) {
                    throw malformed("it has a tensor whose shape is not made of whole numbers from 0 up");
                }
                numbers.add(number);
            }
            return numbers;
        }
        throw malformed("it has a tensor without a shape");
    }

    /** A state dict carries the versions of its modules as an attribute, which no computation reads. */
    private void discardState(List<Object> objectAndState) {
        if (!(objectAndState.get(0) instanceof Map<?, ?>)) {
            throw malformed("it sets the state of something that is no dictionary");
        }
        push(objectAndState.get(0));
    }

    private CheckpointException malformed(String what) {
        return new CheckpointException.Malformed(path, "its pickle is not a good one: " + what + ".");
    }
}
