// The wall: nothing to press; it moves as people type.
import { screen } from "./workshops/screen.js";

screen({ every: 400 });
