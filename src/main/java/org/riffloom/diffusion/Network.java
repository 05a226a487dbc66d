package org.riffloom.diffusion;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.riffloom.checkpoint.TensorEntry;
import org.riffloom.checkpoint.TensorType;
import org.riffloom.checkpoint.Weights;

/** A network written in TorchScript, with a checkpoint's weights on its device. */
final class Network implements AutoCloseable {

    /** libtorch's number of the memory format; measured about 10 % faster than the other in the VAE and the UNet. */
    private static final int CHANNELS_LAST = 2;

    private static final int CONTIGUOUS = 0;

    /** Weights are handed over many at a time, since a call costs about as much as a small one of them. */
    private static final int WEIGHTS_AT_ONCE = 128;

    /** No more of a file than this need be in memory beside the network's copies. */
    private static final long BYTES_AT_ONCE = 64 << 20;

    private final Model model;
    private final Block block;
    private final ParameterStore parameters;
    private final Map<String, ByteBuffer> inFile = new HashMap<>();
    private final Set<String> unpacked = new LinkedHashSet<>();

    private Network(Model model) {
        this.model = model;
        this.block = model.getBlock();
        this.parameters = new ParameterStore(model.getNDManager(), false);
    }

    /**
     * Loads a script and gives it its weights.
     *
     * @param script resource of this package
     * @param settings attributes that the script declares, beyond those that all scripts have
     * @param convolutions how it convolves
     */
    static Network load(
            String script,
            Map<String, Object> settings,
            Weights weights,
            Placement placement,
            Convolutions convolutions) {
        Map<String, Object> attributes = new LinkedHashMap<>(settings);
        attributes.put("device", placement.torchDevice());
        attributes.put("dtype", placement.torchType());
        attributes.put("layout", CHANNELS_LAST);
        // To rearrange those that are used where they lie would be to copy them.
        boolean inPlace = weights.entries().values().stream().anyMatch(entry -> placement.computesWith(entry.type()));
        attributes.put("weight_layout", inPlace ? CONTIGUOUS : CHANNELS_LAST);
        Model model = Model.newInstance(script, placement.device(), "PyTorch");
        try {
            byte[] archive = ScriptArchive.pack(List.of(script, "layers.py", convolutions.script()), attributes);
            model.load(new ByteArrayInputStream(archive), Map.of());
            Network network = new Network(model);
            network.put(weights, placement);
            weights.entries().entrySet().stream()
                    .filter(weight -> convolutions.pack(weight.getValue()))
                    .forEach(weight -> network.unpacked.add(weight.getKey()));
            return network;
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new IllegalStateException("the network " + script + " does not load", e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private void put(Weights weights, Placement placement) {
        Map<String, TensorEntry> portion = new LinkedHashMap<>();
        long bytes = 0;
        for (Map.Entry<String, TensorEntry> weight : weights.entries().entrySet()) {
            portion.put(weight.getKey(), weight.getValue());
            bytes += weight.getValue().bytes();
            if (portion.size() == WEIGHTS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
                put(weights, portion, placement);
                portion.clear();
                bytes = 0;
            }
        }
        put(weights, portion, placement);
    }

    private void put(Weights weights, Map<String, TensorEntry> portion, Placement placement) {
        if (portion.isEmpty()) {
            return;
        }
        try (NDManager scratch = model.getNDManager().newSubManager(Device.cpu())) {
            List<ByteBuffer> mapped = new ArrayList<>();
            List<NDArray> tensors = new ArrayList<>();
            portion.forEach((name, entry) -> {
                ByteBuffer bytes = weights.map(name);
                // What is used where it lies must live as long as the model, or its memory is unmapped under the
                // network's
                // feet.
                NDManager owner = placement.computesWith(entry.type()) ? model.getNDManager() : scratch;
                NDArray tensor = array(owner, entry, bytes);
                tensor.setName("w." + name);
                mapped.add(bytes);
                tensors.add(tensor);
            });
            int[] copied;
            try (NDArray answer = run("put", tensors.toArray(NDArray[]::new)).singletonOrThrow()) {
                copied = answer.toIntArray();
            }
            if (!weights.inFile()) {
                return;
            }
            int number = 0;
            for (Map.Entry<String, TensorEntry> weight : portion.entrySet()) {
                ByteBuffer bytes = mapped.get(number);
                if (copied[number] == 1 || weight.getValue().type() == TensorType.BF16) {
                    LinuxMemory.release(bytes);
                } else {
                    inFile.put(weight.getKey(), bytes);
                }
                number++;
            }
        }
    }

    /**
     * Puts large weights into the layout that they are computed in, if that was not done yet. It takes a second or two for
     * Stable Diffusion's network, so it is left until there is a first result. Results stay the same but for rounding.
     */
    void pack() {
        for (String weight : unpacked) {
            try (NDArray name = manager().create(0f)) {
                name.setName("names." + weight);
                run("pack", name).close();
            }
            ByteBuffer bytes = inFile.remove(weight);
            if (bytes != null) {
                LinuxMemory.release(bytes);
            }
        }
        unpacked.clear();
    }

    /**
     * Lets go of memory until this network computes again. Weights that are used where they lie in a file then come from the
     * system's cache of files, as they came the first time; others stay.
     */
    void rest() {
        inFile.values().forEach(LinuxMemory::release);
    }

    /** Copies or maps a tensor to an owner's device; half precision stays, bfloat16 becomes float32. */
    static NDArray array(NDManager owner, TensorEntry entry, ByteBuffer bytes) {
        Shape shape =
                new Shape(entry.shape().stream().mapToLong(Long::longValue).toArray());
        return switch (entry.type()) {
            case F16 -> owner.create(bytes, shape, DataType.FLOAT16);
            case F32 -> owner.create(bytes, shape, DataType.FLOAT32);
            // DJL ends the process over an array of bfloat16.
            case BF16 -> owner.create(widened(bytes), shape, DataType.FLOAT32);
            default -> throw new IllegalArgumentException(entry.type() + " is no type of weights");
        };
    }

    /** A bfloat16 is the upper half of a float32. */
    private static ByteBuffer widened(ByteBuffer bfloat16) {
        ByteBuffer wide = ByteBuffer.allocateDirect(Math.multiplyExact(2, bfloat16.remaining()))
                .order(ByteOrder.nativeOrder());
        while (bfloat16.hasRemaining()) {
            wide.putInt(bfloat16.getShort() << 16);
        }
        return wide.flip();
    }

    /**
     * Calls a method of the script. The results belong to the manager of the first input.
     *
     * @param inputs the method's arguments; those with a name such as {@code w.key} become one dictionary {@code w}, those
     *     named {@code x[]} one list {@code x}
     */
    NDList run(String method, NDArray... inputs) {
        NDList list = new NDList(inputs);
        // How DJL is told of a method other than forward: by the name of an array that it then leaves out.
        // It stays on the host, since making it on a GPU would wait for all that goes on there.
        try (NDManager host = inputs[0].getManager().newSubManager(Device.cpu());
                NDArray marker = host.create(0f)) {
            marker.setName("module_method:" + method);
            list.add(marker);
            return block.forward(parameters, list, false);
        }
    }

    /**
     * Computes with the sum of a weight and an update from now on. The weight as the checkpoint has it is kept.
     *
     * @param update float32, with as many elements as the weight
     */
    void update(String weight, NDArray update) {
        update.setName("updates." + weight);
        run("update", update).close();
    }

    /** Computes with the checkpoint's own weights again, bit for bit. */
    void restore() {
        try (NDArray nothing = manager().create(0f)) {
            run("restore", nothing).close();
        }
    }

    /** What outlives a request on this network's device belongs here. */
    NDManager manager() {
        return model.getNDManager();
    }

    @Override
    public void close() {
        model.close();
    }
}
