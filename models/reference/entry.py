"""Where img2img enters a scheduler's walk."""

from diffusers import DDIMScheduler, LCMScheduler, PNDMScheduler


def offset_of(scheduler):
    """The steps_offset that Riffusion's pipeline counts with; it knew DDIM and PNDM, with leading timesteps."""
    leading = getattr(scheduler.config, "timestep_spacing", "leading") == "leading"
    return scheduler.config.steps_offset if leading and isinstance(scheduler, (DDIMScheduler, PNDMScheduler)) else 0


def enter(scheduler, init, noise, steps, strength):
    """The noised latents and the timesteps that are left, for a scheduler whose timesteps are set."""
    if isinstance(scheduler, LCMScheduler):
        scheduler.set_timesteps(steps, strength=strength)
        noised = first = 0
    else:
        offset = offset_of(scheduler)
        wanted = max(1, min(int(steps * strength) + offset, steps))
        first = min(steps - wanted + offset, len(scheduler.timesteps) - 1)
        noised = len(scheduler.timesteps) - wanted if offset else first
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(first)
    latents = scheduler.add_noise(init, noise, scheduler.timesteps[noised : noised + 1])
    return latents, scheduler.timesteps[first:]
