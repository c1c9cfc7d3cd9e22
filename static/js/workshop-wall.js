// The wall: nothing to press; it moves as people type.
import { fit, startFit } from "./workshops/fit.js";
import { screen } from "./workshops/screen.js";

startFit();
screen({ every: 400, drawn: fit });
