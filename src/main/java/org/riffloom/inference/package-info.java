/**
 * One clip for one request, in the form of Riffusion's own server: {@code POST /run_inference/}, so that its web app and
 * other clients of it need not know the difference.
 *
 * <p>It may use prompt, json, clip, work, Spring's web support, and Tomcat, which alone knows who has hung up.
 *
 * <p>It never makes a clip on a thread of the web server; a bounded number of them wait for one.
 *
 * <p>The request, as in Riffusion's {@code riffusion/datatypes.py}; fields that are not named here are ignored:
 *
 * <pre>
 * {"alpha": 0.75, "num_inference_steps": 50, "seed_image_id": "og_beat", "mask_image_id": null,
 *  "start": {"prompt": "church bells", "seed": 42, "negative_prompt": null, "denoising": 0.75, "guidance": 7.0},
 *  "end":   {"prompt": "jazz piano", "seed": 123, …}}
 * </pre>
 *
 * {@code alpha}, {@code start}, {@code end} and in them {@code prompt} and {@code seed} are required. What else is left out
 * is as the model wants it, for a checkpoint of Riffusion's as in Riffusion: 50 steps, denoising 0.75, guidance 7. {@code
 * og_beat}, Riffusion's usual seed image, is the model's usual one where there is none of that id. The answer:
 *
 * <pre>
 * {"image": "data:image/jpeg;base64,…", "audio": "data:audio/mpeg;base64,…", "duration_s": 5.12}
 * </pre>
 *
 * or a text that says what is wrong, with 400 (the request), 413 (its size), 503 (no model yet, or too many requests:
 * {@code Retry-After} tells when to try again) or 500. While the clip is being made, white space before the JSON keeps the
 * connection alive; if making it fails then, the connection is cut. A client that closes the connection, if only for
 * sending, is taken to want no answer: within a second its request leaves the queue, or its clip is abandoned after the
 * step or the stage in hand. Where Tomcat cannot look for that, behind a body in chunks or another request and in HTTP/2,
 * it is noticed when white space cannot be written.
 */
@ApplicationModule(allowedDependencies = {"prompt", "json", "clip", "work"})
@NullMarked
package org.riffloom.inference;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
