"""The work of `java -jar riffloom.jar bench`, done by diffusers, and reported in the same fields.

    python bench.py MODEL [--steps N] [--rounds N] [--threads N] [--json FILE]

MODEL is a folder in diffusers layout. Each round embeds two new texts, encodes a new picture, takes the scheduler's steps
with guidance, and decodes; the first clip, from noise alone, counts for the start only. Nothing is made into sound here.
On a processor in single precision, with what diffusers does by default.
"""

import argparse
import json
import os
import statistics
import time
from pathlib import Path


def process_start():
    """When this process began, in seconds since 1970, to a hundredth."""
    ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
    boot = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith("btime"))
    # btime is in whole seconds; the clocks say it better.
    exact = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
    boot_time = exact if abs(exact - int(boot.split()[1])) < 2 else int(boot.split()[1])
    return boot_time + ticks / os.sysconf("SC_CLK_TCK")


class Laps:
    def __init__(self):
        self.last, self.times = time.perf_counter(), {}

    def end(self, stage):
        now = time.perf_counter()
        self.times.setdefault(stage, []).append(now - self.last)
        self.last = now


def seed_image(number, side, torch):
    """Bands of tones over a dark ground, in other places in each round: what the Java benchmark draws."""
    y, x = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
    grey = torch.where((y + number) % 16 < 3, 255 - (x + number) % 128, 16).float()
    return (grey / 127.5 - 1).expand(1, 3, side, side)


def clip(pipe, number, steps, image, torch):
    """One clip, and the seconds of its stages."""
    laps, began = Laps(), time.perf_counter()
    text, negative = pipe.encode_prompt(f"jazz piano {number}", "cpu", 1, True, f"drums {number}")
    context = torch.cat([negative, text])
    laps.end("text")
    generator = torch.Generator().manual_seed(number)
    noise = torch.randn((1, 4) + (pipe.unet.config.sample_size,) * 2, generator=generator)
    pipe.scheduler.set_timesteps(steps)
    if image is None:
        latents = noise * pipe.scheduler.init_noise_sigma
    else:
        init = pipe.vae.encode(image).latent_dist.sample(generator) * pipe.vae.config.scaling_factor
        latents = pipe.scheduler.add_noise(init, noise, pipe.scheduler.timesteps[:1])
    laps.end("seedImage")
    for t in pipe.scheduler.timesteps:
        both = pipe.scheduler.scale_model_input(torch.cat([latents] * 2), t)
        without, with_text = pipe.unet(both, t, encoder_hidden_states=context, return_dict=False)[0].chunk(2)
        guided = without + 7.0 * (with_text - without)
        latents = pipe.scheduler.step(guided, t, latents, return_dict=False)[0]
        laps.end("step")
    decoded = pipe.vae.decode(latents / pipe.vae.config.scaling_factor, return_dict=False)[0]
    pipe.image_processor.postprocess(decoded, output_type="pil")
    laps.end("picture")
    laps.times["clip"] = [time.perf_counter() - began]
    return laps.times


def spread(values):
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    started = process_start()

    # Here, so that importing counts for the start and --help is quick.
    import torch
    from diffusers import StableDiffusionPipeline

    torch.set_num_threads(options.threads)
    pipe = StableDiffusionPipeline.from_pretrained(options.model, safety_checker=None, requires_safety_checker=False)
    loaded = time.time() - started
    with torch.no_grad():
        first = clip(pipe, 0, options.steps, None, torch)
        begins = loaded + first["text"][0] + first["seedImage"][0]
        start = {
            "loaded": loaded,
            "firstStepBegins": begins,
            "firstStepDone": begins + first["step"][0],
            "firstClip": loaded + first["clip"][0],
        }
        side = pipe.unet.config.sample_size * pipe.vae_scale_factor
        stages = {}
        for number in range(1, options.rounds + 1):
            for stage, seconds in clip(pipe, number, options.steps, seed_image(number, side, torch), torch).items():
                stages.setdefault(stage, []).extend(seconds)
    status = Path("/proc/self/status").read_text()
    report = {
        "model": Path(options.model).name,
        "device": "cpu",
        "threads": options.threads,
        "steps": len(stages["step"]) // options.rounds,
        "rounds": options.rounds,
        "start": start,
        **{stage: spread(seconds) for stage, seconds in stages.items()},
        "peakResidentBytes": 1024 * int(status.split("VmHWM:")[1].split()[0]),
        "load": os.getloadavg()[0],
    }
    text = json.dumps(report)
    print(text)
    if options.json:
        options.json.write_text(text + "\n")


if __name__ == "__main__":
    main()
