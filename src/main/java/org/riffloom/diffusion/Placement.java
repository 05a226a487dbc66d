package org.riffloom.diffusion;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.riffloom.checkpoint.TensorType;

/**
 * Where a network runs and in which precision.
 *
 * @param device of DJL
 * @param half whether weights and activations are float16 rather than float32
 */
record Placement(Device device, boolean half) {

    /**
     * Four together take a tenth less of the processor than one after the other (the README beside {@code SharedDevice}).
     * That is not worth four times the memory, and pictures whose last bits depend on their company.
     */
    private static final int CPU_BATCH = 1;

    private static final int GPU_BATCH = 8;

    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    /**
     * Finds the device that a setting names. A processor computes in single precision, since half precision is many
     * times slower there; a GPU in half.
     *
     * @param setting {@code auto} (a GPU if there is one), {@code cpu}, {@code cuda} or {@code cuda:N}
     * @throws IllegalArgumentException if there is no such device, saying which there are
     */
    static Placement of(String setting, Engine engine) {
        // The number of GPUs says what the machine has; the capability, whether the library that was loaded can use it.
        int gpus = engine.hasCapability(StandardCapabilities.CUDA) ? engine.getGpuCount() : 0;
        if (setting.equals("cpu") || (setting.equals("auto") && gpus == 0)) {
            return new Placement(Device.cpu(), false);
        }
        if (setting.equals("auto")) {
            return new Placement(Device.gpu(0), true);
        }
        Matcher cuda = CUDA.matcher(setting);
        if (!cuda.matches()) {
            throw new IllegalArgumentException(
                    "There is no device \"" + setting + "\"; riffloom.device must be auto, cpu, or cuda:0 and so on.");
        }
        int number = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
        if (number >= gpus) {
            throw new IllegalArgumentException("There is no device \"" + setting + "\": PyTorch sees " + gpus
                    + " GPUs. Set riffloom.device to auto or cpu, or see to the driver and PyTorch's CUDA libraries.");
        }
        return new Placement(Device.gpu(number), true);
    }

    Placement inSinglePrecision() {
        return new Placement(device, false);
    }

    boolean onCpu() {
        return !device.isGpu();
    }

    /** Whether numbers of a file can be used as they are, where they lie; bfloat16 becomes float32 before. */
    boolean computesWith(TensorType type) {
        return onCpu() && half == (type == TensorType.F16);
    }

    /** How many pictures may share a pass where the settings do not say. */
    int usualBatch() {
        return onCpu() ? CPU_BATCH : GPU_BATCH;
    }

    /** libtorch's name of the device. */
    String torchDevice() {
        return onCpu() ? "cpu" : "cuda:" + device.getDeviceId();
    }

    /** libtorch's number of the precision. */
    int torchType() {
        return half ? 5 : 6;
    }
}
