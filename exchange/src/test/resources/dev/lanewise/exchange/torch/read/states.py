import torch, torch.nn as nn, sys
torch.manual_seed(2)
m=nn.Sequential(nn.Conv2d(1,2,3),nn.BatchNorm2d(2),nn.ReLU(),nn.Flatten(),nn.Linear(2*4*4,3))
o=sys.argv[1]
torch.save(m.state_dict(),o+'/state.pt'); torch.save(m.state_dict(),o+'/state-old.pth',_use_new_zipfile_serialization=False); torch.save(m,o+'/whole.pt')
m.eval(); x=torch.linspace(-1,1,36).view(1,1,6,6); print('in x0 '+' '.join(repr(float(v)) for v in x.flatten())); print('out 0 '+' '.join(repr(float(v)) for v in m(x).flatten()))
torch.save({'model_state_dict':m.half().state_dict(),'epoch':3,'lr':0.1},o+'/checkpoint.pt')
