package org.riffloom.diffusion;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/** Steps of pictures through the UNet. */
final class UNetPass implements Pass<PictureWalk> {

    private final UNet unet;

    UNetPass(UNet unet) {
        this.unet = unet;
    }

    @Override
    public void wear(List<WornLora> loras) {
        unet.wear(loras);
    }

    @Override
    public void step(List<PictureWalk> walks) {
        try (NDManager scratch = unet.newScratch()) {
            List<UNet.State> after =
                    unet.step(scratch, walks.stream().map(PictureWalk::next).toList());
            List<UNet.State> complete = new ArrayList<>();
            for (int i = 0; i < walks.size(); i++) {
                complete.add(walks.get(i).complete(unet, scratch, after.get(i)));
            }
            // Nothing can fail any more, so that either all of them have taken the step or none.
            for (int i = 0; i < walks.size(); i++) {
                walks.get(i).advance(complete.get(i));
            }
        }
    }
}
