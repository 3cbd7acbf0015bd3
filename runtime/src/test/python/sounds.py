# Writes the sounds that the tests of data.sound read, and what librosa makes of one of them.
# Run in runtime/src/test: python3 python/sounds.py      (numpy, librosa 0.11, soundfile)
import librosa
import numpy as np
import scipy.fft
import soundfile

FOLDER = "resources/dev/lanewise/runtime/data/sound/"
RATE = 8_000
rng = np.random.default_rng(1)
t = np.arange(2_400) / RATE
# A tone that goes up, its octave, and a little noise; the second half is softer.
sound = 0.5 * np.sin(2 * np.pi * (300 * t + 1_500 * t**2)) + 0.2 * np.sin(2 * np.pi * (600 * t + 3_000 * t**2)) + 0.01 * rng.standard_normal(len(t))
sound[1_200:] *= 0.1
soundfile.write(FOLDER + "glide.wav", sound, RATE, subtype="PCM_16")
sound, _ = soundfile.read(FOLDER + "glide.wav")

# The same 100 samples in every form.
few = sound[:100]
for name, form, kind in [
    ("u8.wav", "WAV", "PCM_U8"), ("s16.wav", "WAV", "PCM_16"), ("s24.wav", "WAV", "PCM_24"), ("s32.wav", "WAV", "PCM_32"), ("f32.wav", "WAV", "FLOAT"),
    ("f64.wav", "WAV", "DOUBLE"), ("ulaw.wav", "WAV", "ULAW"), ("alaw.wav", "WAV", "ALAW"), ("extensible.wav", "WAVEX", "PCM_24"), ("s16.aiff", "AIFF", "PCM_16"), ("s24.au", "AU", "PCM_24"),
]:
    soundfile.write(FOLDER + name, few, RATE, subtype=kind, format=form)
soundfile.write(FOLDER + "stereo.wav", np.stack([few, -0.5 * few], 1), RATE, subtype="PCM_16")
soundfile.write(FOLDER + "adpcm.wav", sound, RATE, subtype="IMA_ADPCM")
soundfile.write(FOLDER + "packed.flac", few, RATE)
with open(FOLDER + "few.txt", "w") as f:
    for name in ["u8.wav", "s16.wav", "s24.wav", "s32.wav", "f32.wav", "f64.wav", "ulaw.wav", "alaw.wav", "extensible.wav", "s16.aiff", "s24.au", "stereo.wav"]:
        samples, rate = soundfile.read(FOLDER + name)
        f.write(name + " " + " ".join(f"{v:.9f}" for v in (samples.mean(1) if samples.ndim > 1 else samples)) + "\n")

def bands(n, window, hop, low, high, htk):
    return librosa.feature.melspectrogram(
        y=sound, sr=RATE, n_fft=window, hop_length=hop, n_mels=n, fmin=low, fmax=high, htk=htk, pad_mode="constant", dtype=np.float64)

with open(FOLDER + "librosa.txt", "w") as f:
    # A power of two, and a number with factors 2, 3 and 5, and a prime.
    for n, window, hop, low, high, htk, range_ in [(40, 256, 80, 0, 4_000, False, 80), (24, 200, 128, 100, 3_000, True, 80), (20, 251, 80, 50, 4_000, False, 30)]:
        power = bands(n, window, hop, low, high, htk)
        head = f"{n} {window} {hop} {low} {high} {str(htk).lower()} {range_}"
        shares = 1 + librosa.power_to_db(power, ref=np.max, top_db=range_) / range_
        f.write(f"mel {head} " + " ".join(f"{v:.6f}" for v in shares.flatten()) + "\n")
        db = librosa.power_to_db(power, top_db=range_)
        cepstra = librosa.feature.mfcc(S=db, n_mfcc=13)
        assert np.allclose(cepstra, scipy.fft.dct(db, axis=0, type=2, norm="ortho")[:13])
        f.write(f"mfcc {head} " + " ".join(f"{v:.6f}" for v in cepstra.flatten()) + "\n")
