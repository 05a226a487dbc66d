/**
 * Whether there is no graphics card, so that drawing takes the time of the processor, which has the music to look after.
 *
 * @param {WebGLRenderingContext | WebGL2RenderingContext} gl
 */
export function drawnByProcessor(gl) {
  const known = gl.getExtension('WEBGL_debug_renderer_info');
  const name = known ? String(gl.getParameter(known.UNMASKED_RENDERER_WEBGL)) : '';
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}
