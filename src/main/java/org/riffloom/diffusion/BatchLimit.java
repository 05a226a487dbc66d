package org.riffloom.diffusion;

/**
 * How much may go through the network at once. It is halved when the device's memory runs out, and given back picture by
 * picture while all goes well: others may have held the memory for a while.
 */
final class BatchLimit {

    /** Full passes without trouble after which one more picture is tried. */
    private static final int TRUSTED = 256;

    private final long picture;
    private final long most;
    private long room;
    private int passes;

    /**
     * @param picture load of one picture of the usual size, with guidance
     * @param pictures at most, at least 1
     */
    BatchLimit(long picture, int pictures) {
        this.picture = picture;
        this.most = Math.multiplyExact(picture, pictures);
        this.room = most;
    }

    /** For the sum of loads; never less than one picture. */
    long room() {
        return room;
    }

    /** A pass of this load went well. */
    void passed(long load) {
        if (room < most && load > room - picture && ++passes >= TRUSTED) {
            room = Math.min(most, room + picture);
            passes = 0;
        }
    }

    /** A pass of this load found no memory. */
    void exceeded(long load) {
        room = Math.max(picture, Math.min(room, load) / 2);
        passes = 0;
    }
}
