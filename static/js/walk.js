// A question of a walk: says by itself when somebody answers from another seat.
import { screen } from "./workshops/screen.js";

screen({ every: 400 });
