package org.riffloom.checkpoint;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that a pickle of weights may look up in Python's modules; anything else is refused before it means
 * anything. Each is a function that torch or Python uses for the purpose, or the type of a storage.
 */
enum TorchGlobal {
    ORDERED_DICT("collections OrderedDict", null),
    REBUILD_TENSOR("torch._utils _rebuild_tensor", null),
    REBUILD_TENSOR_V2("torch._utils _rebuild_tensor_v2", null),
    REBUILD_PARAMETER("torch._utils _rebuild_parameter", null),
    FLOAT("torch FloatStorage", TensorType.F32),
    HALF("torch HalfStorage", TensorType.F16),
    BFLOAT16("torch BFloat16Storage", TensorType.BF16),
    DOUBLE("torch DoubleStorage", TensorType.F64),
    LONG("torch LongStorage", TensorType.I64),
    INT("torch IntStorage", TensorType.I32),
    SHORT("torch ShortStorage", TensorType.I16),
    CHAR("torch CharStorage", TensorType.I8),
    BYTE("torch ByteStorage", TensorType.U8),
    BOOL("torch BoolStorage", TensorType.BOOL);

    private static final Map<String, TorchGlobal> BY_NAME = new HashMap<>();

    static {
        for (TorchGlobal global : values()) {
            BY_NAME.put(global.pythonName, global);
        }
    }

    private final String pythonName;
    private final @Nullable TensorType storage;

    TorchGlobal(String pythonName, @Nullable TensorType storage) {
        this.pythonName = pythonName;
        this.storage = storage;
    }

    /** The type of a storage's elements, or {@code null} where this is none. */
    @Nullable
    TensorType storage() {
        return storage;
    }

    /** {@code null} for whatever has no place in a file of weights. */
    static @Nullable TorchGlobal named(String module, String name) {
        return BY_NAME.get(module + " " + name);
    }
}
