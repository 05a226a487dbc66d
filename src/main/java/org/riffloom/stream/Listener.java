package org.riffloom.stream;

import org.riffloom.clip.Clip;

/** The one at the other end of a session. Both methods return at once, whatever the network does. */
interface Listener {

    void tell(ServerMessage message);

    /** Sends a clip: the message and what it announces, with nothing in between. */
    void deliver(ClipMessage message, Clip clip);
}
