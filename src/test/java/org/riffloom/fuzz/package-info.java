/**
 * What the fuzz targets share. They lie beside the readers that they attack; README.md here says how to run them.
 */
@NullMarked
package org.riffloom.fuzz;

import org.jspecify.annotations.NullMarked;
