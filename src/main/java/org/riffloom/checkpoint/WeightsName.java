package org.riffloom.checkpoint;

import java.util.List;

/** What the file with a component's weights is called, which depends on the library that saved it. */
public enum WeightsName {
    DIFFUSERS("diffusion_pytorch_model", "diffusion_pytorch_model"),
    TRANSFORMERS("model", "pytorch_model");

    private final String safetensors;
    private final String torch;

    WeightsName(String safetensors, String torch) {
        this.safetensors = safetensors;
        this.torch = torch;
    }

    /** The name that current versions give it. */
    public String usual() {
        return safetensors + ".safetensors";
    }

    /** All names, those of full precision first, and safetensors, which cannot hold a program, before torch's. */
    public List<String> fullFirst() {
        return List.of(usual(), torch + ".bin", safetensors + ".fp16.safetensors", torch + ".fp16.bin");
    }

    /** All names, those of half precision first, for a device that computes in it: half as many bytes to fetch. */
    public List<String> halfFirst() {
        return List.of(safetensors + ".fp16.safetensors", torch + ".fp16.bin", usual(), torch + ".bin");
    }
}
