/** What tests share that look at what a client does to a server, and a server to its log. */
@NullMarked
package org.riffloom.http;

import org.jspecify.annotations.NullMarked;
