"""Every scheduler option on its own, on a made-up network whose output is a fixed function of its input."""

import json
import shutil
import sys
from pathlib import Path
from unittest import mock

import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    LCMScheduler,
    PNDMScheduler,
)
from safetensors.torch import save_file

from entry import enter
from philox import randn

SCALED = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
V = {"prediction_type": "v_prediction"}
LEADING = {"timestep_spacing": "leading"}
TRAILING = {"timestep_spacing": "trailing"}
LINSPACE = {"timestep_spacing": "linspace"}
ZERO_SNR = {"rescale_betas_zero_snr": True}
KARRAS = {"use_karras_sigmas": True}
DDIM = {"clip_sample": False, "set_alpha_to_one": False}
PNDM = {"skip_prk_steps": True, "set_alpha_to_one": False}

# Steps, and the strength of img2img or None for noise alone.
RUNS = ((20, None), (7, None), (20, 0.75), (10, 1.0), (7, 0.5))
LCM_RUNS = ((20, None), (4, None), (15, 0.75), (6, 1.0), (3, 0.5))

CONFIGS = [
    (DDIMScheduler, {**SCALED, **DDIM, "steps_offset": 1}),
    (DDIMScheduler, {**SCALED, **DDIM}),
    (DDIMScheduler, {**SCALED, **DDIM, **V, **TRAILING}),
    (DDIMScheduler, {**SCALED, "clip_sample": True, **LINSPACE}),
    (DDIMScheduler, {"beta_schedule": "linear", "clip_sample": True, "clip_sample_range": 0.7}),
    (DDIMScheduler, {**SCALED, **DDIM, **V, **TRAILING, **ZERO_SNR}),
    (DDIMScheduler, {**SCALED, **DDIM, "prediction_type": "sample", "num_train_timesteps": 500}),
    (PNDMScheduler, {**SCALED, **PNDM, "steps_offset": 1}),
    (PNDMScheduler, {**SCALED, **PNDM, **V}),
    (PNDMScheduler, {**SCALED, **PNDM, **V, **TRAILING, "set_alpha_to_one": True}),
    (PNDMScheduler, {**SCALED, **PNDM, **LINSPACE}),
    (DPMSolverMultistepScheduler, SCALED),
    (DPMSolverMultistepScheduler, {**SCALED, **LEADING, "steps_offset": 1}),
    (DPMSolverMultistepScheduler, {**SCALED, **V, **TRAILING, "final_sigmas_type": "sigma_min"}),
    (
        DPMSolverMultistepScheduler,
        {**SCALED, "solver_type": "heun", "lower_order_final": False, "final_sigmas_type": "sigma_min"},
    ),
    (DPMSolverMultistepScheduler, {**SCALED, "solver_order": 1, "euler_at_final": True}),
    (DPMSolverMultistepScheduler, {**SCALED, **V, **TRAILING, **ZERO_SNR}),
    (DPMSolverMultistepScheduler, {**SCALED, **KARRAS}),
    (DPMSolverMultistepScheduler, {**SCALED, **V, **TRAILING, **KARRAS}),
    (EulerDiscreteScheduler, SCALED),
    (EulerDiscreteScheduler, {**SCALED, **LEADING, "steps_offset": 1}),
    (EulerDiscreteScheduler, {**SCALED, **V, **TRAILING, "final_sigmas_type": "sigma_min"}),
    (EulerDiscreteScheduler, {**SCALED, **V, **TRAILING, **ZERO_SNR}),
    (EulerDiscreteScheduler, {**SCALED, **KARRAS}),
    (EulerAncestralDiscreteScheduler, {**SCALED, **LEADING, "steps_offset": 1}),
    (EulerAncestralDiscreteScheduler, {**SCALED, **V}),
    (EulerAncestralDiscreteScheduler, {**SCALED, **V, **TRAILING}),
    (LCMScheduler, {}),
    (LCMScheduler, {**V, "clip_sample": True, "clip_sample_range": 1.5, "timestep_scaling": 0.02}),
    (LCMScheduler, {"original_inference_steps": 100, "set_alpha_to_one": False}),
]

SHAPE = (2, 3)
FRESH_SEED = 3


def predict(x, t):
    return torch.tanh(1.3 * x + 0.2) - 0.001 * float(t) * x


def fresh_noise():
    """What a solver adds after each step: the later draws of one generator, whose first was spent on the start."""
    draws = iter(range(1, 1000))
    return lambda shape, **_: randn(FRESH_SEED, shape, next(draws))


def walk(scheduler, steps, strength, init, noise):
    """The network's input before each step, and the result scaled like one: Riffloom's latents always are."""
    scheduler.set_timesteps(steps)
    if strength is None:
        x, timesteps = noise * scheduler.init_noise_sigma, scheduler.timesteps
    else:
        x, timesteps = enter(scheduler, init, noise, steps, strength)
    trace = []
    for t in timesteps:
        seen = scheduler.scale_model_input(x, t)
        trace.append(seen)
        x = scheduler.step(predict(seen, t), t, x).prev_sample
    if isinstance(scheduler, (EulerDiscreteScheduler, EulerAncestralDiscreteScheduler)):
        x = x / (scheduler.sigmas[-1] ** 2 + 1) ** 0.5
    return torch.stack(trace + [x]), timesteps


def make_schedules(folder):
    figures, cases = {}, []
    noise, init = randn(1, SHAPE), randn(2, SHAPE)
    figures["noise"], figures["init"] = noise, init
    module = "diffusers.schedulers."
    for kind, config in CONFIGS:
        runs = []
        for steps, strength in LCM_RUNS if kind is LCMScheduler else RUNS:
            fresh = fresh_noise()
            with (
                mock.patch(module + "scheduling_euler_ancestral_discrete.randn_tensor", fresh),
                mock.patch(module + "scheduling_lcm.randn_tensor", fresh),
            ):
                trace, timesteps = walk(kind(**config), steps, strength, init, noise)
            key = f"{len(figures) - 2}"
            figures[key] = trace
            times = [round(float(t), 4) for t in timesteps]
            runs.append({"figure": key, "steps": steps, "strength": strength, "timesteps": times})
        cases.append({"config": {"_class_name": kind.__name__, **config}, "runs": runs})
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    text = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases).replace(".0,", ",").replace(".0]", "]")
    (folder / "cases.json").write_text("[" + text + "]\n")
    save_file({k: v.contiguous() for k, v in figures.items()}, folder / "figures.safetensors")


if __name__ == "__main__":
    make_schedules(Path(sys.argv[1]))
